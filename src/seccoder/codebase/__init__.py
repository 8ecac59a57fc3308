"""Keeps the secure codebase: it stores demonstrations, runs their proofs and finds duplicates."""
