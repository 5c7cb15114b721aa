"""The options: what a user may set, where it is read from, and what is allowed."""
