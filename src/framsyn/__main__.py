"""`python -m framsyn` is the command line."""

from framsyn.cli import main

if __name__ == "__main__":
    main()
