"""Runs models in this process by llama.cpp, and fetches the one that is used by default."""
