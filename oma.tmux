#!/bin/sh
# Plugin for TPM, the plugin manager of tmux: shows agents in the status line and binds keys.
#     set -g @plugin 'oma-tmux/oma'
# It runs the oma on the PATH, or that of this checkout. `oma tmux uninstall` undoes what it does.
here=$(cd "$(dirname "$0")" && pwd -P)
oma=$(command -v oma || echo "$here/.venv/bin/oma")
if [ -x "$oma" ]; then
    "$oma" tmux install >/dev/null 2>&1 || tmux display-message "oma: 'oma tmux install' failed"
else
    tmux display-message "oma: it is not installed: see docs/install.md of its repository"
fi
