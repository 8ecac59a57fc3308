"""Reproduces the paper's tables and figures: the runs that each needs, and our figures beside the paper's."""
