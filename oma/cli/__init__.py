"""The command line: one module for each subcommand. Results go to stdout, everything else to stderr."""
