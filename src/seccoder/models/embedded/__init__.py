"""Models that run in this process, by llama.cpp, and the one that is fetched by default."""
