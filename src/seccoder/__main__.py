"""`python -m seccoder`: the command line."""

from seccoder.cli import main

main()
