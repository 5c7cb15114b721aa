"""How `oma` reaches a tmux server: processes, control clients, and the limits of both."""
