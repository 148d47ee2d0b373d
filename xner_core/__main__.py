"""`python -m xner_core` is the `xner` command."""

from xner_core.cli import main

if __name__ == "__main__":
    main()
