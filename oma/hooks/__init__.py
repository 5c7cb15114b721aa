"""Hooks: what agents are told to run, so that they report how they are. No I/O."""
