"""Watches a server and keeps its log: server client, session monitors, recorder, process table."""
