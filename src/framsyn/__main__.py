"""`python -m framsyn` is the command line."""

from framsyn.cli import main

main()
