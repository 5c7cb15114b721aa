"""What a user asks of agents: start, send, answer, stop, restart, kill."""
