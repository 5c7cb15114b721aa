"""Who comes in, and what they may do: every request is looked at here before any route."""
