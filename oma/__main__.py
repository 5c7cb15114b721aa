"""Run the command line with `python -m oma`."""

from oma.cli.main import main

if __name__ == "__main__":
    main()
