"""The tmux commands that `oma` uses, as values.

A command is a frozen value that knows its words and what it may do (`Safety`). How the words are
quoted for an argument vector or for a line of control mode is decided in `render` alone, so no caller
ever builds a command line by hand:

    to_argv(KillPane(PaneId("%5")), ServerAddress())  # ["tmux", "-N", "-u", "kill-pane", "-t", "%5"]
    to_line(KillPane(PaneId("%5")))                   # 'kill-pane -t "%5"'

Targets are ids, never names: an agent chooses names, tmux chooses ids. What tmux answers is read in
`oma.tmux.queries`, beside the format that asked for it.
"""
