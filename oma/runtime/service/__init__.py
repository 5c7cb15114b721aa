"""The service: one process that watches a tmux server for all who want to know."""
