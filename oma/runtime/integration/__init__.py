"""What the user's own tmux shows of agents, and the keys there that act on them."""
