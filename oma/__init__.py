"""`oma`: mission control for AI coding agents in tmux."""

__version__ = "0.2.0"
