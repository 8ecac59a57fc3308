"""Starts the command line for `python -m seccoder`."""

from seccoder.cli import main

main()
