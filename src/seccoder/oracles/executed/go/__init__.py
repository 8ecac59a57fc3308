"""Runs Go sources, built with a standard library that tells what is asked of it."""
