"""Agents as numbers for monitoring systems: what is counted, and how it is exposed."""
