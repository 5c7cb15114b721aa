"""Worktrees of git: found, made, looked at and removed, by processes of git."""
