"""Decides whose output is followed and who is sampled, so that tmux stays as fast as it is unwatched; pure."""
