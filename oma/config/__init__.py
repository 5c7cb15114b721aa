"""The options: what a person may set, where it is read from, and what is allowed."""
