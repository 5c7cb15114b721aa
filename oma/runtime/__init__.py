"""What touches the system: processes, pipes, signals and time, all under trio."""
