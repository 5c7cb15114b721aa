"""The world: processes, pipes, signals and time, all under trio."""
