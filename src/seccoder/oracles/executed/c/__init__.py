"""Runs C and C++ sources, compiled with sanitizers."""
