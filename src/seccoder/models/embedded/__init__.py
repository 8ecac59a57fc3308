"""Runs GGUF models in this process by llama.cpp, and fetches the ones that have a name."""
