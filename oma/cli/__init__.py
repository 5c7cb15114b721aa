"""The door: one file for each subcommand. Results go to stdout, everything else to stderr."""
