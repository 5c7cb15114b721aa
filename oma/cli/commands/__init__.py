"""The subcommands, each in a module `<name>_command`: its options, its arguments, and its `run`."""
