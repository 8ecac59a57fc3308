"""Connects other programs with seccoder: it writes the few lines that each needs, and takes exactly those back."""
