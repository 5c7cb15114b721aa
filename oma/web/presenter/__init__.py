"""What is shown of agents and of recordings, and to whom: plain values, made for the API."""
