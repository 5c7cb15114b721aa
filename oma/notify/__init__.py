"""Which changes of agents the user is told of, and when; pure."""
