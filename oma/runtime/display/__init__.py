"""Shows agents in tmux: popups, the right pane, agent panes, the user's own terminal."""
