"""Agents in a browser: state as JSON and events, requests as intents that an executor carries out."""
