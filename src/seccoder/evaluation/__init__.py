"""Measures the online flow, or one step of it, over a benchmark, once per arm."""
