"""C and C++, compiled with sanitizers."""
