#!/bin/sh
# Views of agents that give every agent its size back, whatever ends the view.
#
#   view.sh remember SOCKET SESSION            note the sizes of a session's windows
#   view.sh settle SOCKET                      give sizes back where nobody looks any more
#   view.sh once SOCKET FLAGS SESSION          attach here; settle when that ends
#   view.sh stay SOCKET FLAGS SESSION NAME     as `once`, then say so and stand by
#
# tmux leaves a window at the size of its last viewer. The size from before is kept by the window
# itself, as @oma_size, so it outlives any process of ours: the first view notes it, later views
# leave it alone, and whoever finds the window without a viewer gives it back. The signals by which
# terminals and popups end their programs are ignored; the tmux client minds them for itself.
# Needs tmux 3.2 (client_flags). Ids are the only targets; SESSION may be empty for `stay`.

t() { tmux -N -u -S "$socket" "$@"; }

# Runs the commands on stdin, each ended by a word `;`, in one process. They hold ids and numbers.
run_all() {
    commands=$(cat)
    # shellcheck disable=SC2086  # split into words on purpose
    [ -z "$commands" ] || t $commands
}

# "@WINDOW SIZE NOTED" of each window that nobody looks at. A client without a size of its own (a
# control client, or one that ignores sizes) is nobody here.
unseen() {
    {
        t list-clients -F 'client #{session_id} #{client_flags}'
        t list-windows -a -F \
            'window #{session_id} #{window_id} #{window_width}x#{window_height} #{@oma_size}'
    } 2>/dev/null | awk '
        $1 == "client" && $3 !~ /ignore-size|control-mode/ { seen[$2] = 1 }
        $1 == "window" && $2 in seen { busy[$3] = 1 }
        $1 == "window" { size[$3] = $4 " " $5 }
        END { for (window in size) if (!(window in busy)) print window, size[window] }'
}

# Without detach-on-destroy, tmux moves the client to any session when its own ends: then the sizes
# of all that nobody looks at are at stake.
remember() {
    t list-windows -t "$1" -F \
        'set-option -woq -t #{window_id} @oma_size #{window_width}x#{window_height} \;' | run_all
    [ "$(t display-message -p -t "$1:" '#{detach-on-destroy}')" = on ] ||
        unseen | awk '{ print "set-option -woq -t", $1, "@oma_size", $2, ";" }' | run_all
}

# resize-window sets a window-size of `manual`: what was set before comes back with the same breath.
# Where a person has set `manual`, the size is theirs.
settle() {
    unseen | awk 'NF == 3 && $2 == $3 { print "set-option -wu -t", $1, "@oma_size ;" }' | run_all
    unseen | awk 'NF == 3 && split($3, n, "x") { print $1, n[1], n[2] }' |
        while read -r window columns rows; do
            own=$(t show-options -wqv -t "$window" window-size)
            set -- resize-window -t "$window" -x "$columns" -y "$rows" \;
            case $own in
            manual) set -- ;;
            '') set -- "$@" set-option -wu -t "$window" window-size \; ;;
            *) set -- "$@" set-option -w -t "$window" window-size "$own" \; ;;
            esac
            t "$@" set-option -wu -t "$window" @oma_size
        done
}

# The server may learn of a killed client after us; its view counts until then. Two seconds, at most.
await_leave() {
    tries=0
    while [ $tries -lt 40 ] && t list-clients -F '#{client_tty}' 2>/dev/null | grep -qxF "$1"; do
        tries=$((tries + 1))
        sleep 0.05
    done
}

view() {
    here=$(tty)
    case $flags in
    *ignore-size*) ;;
    *) remember "$session" ;;
    esac
    if [ -n "$flags" ]; then
        t attach-session -E -f "$flags" -t "$session"
    else
        t attach-session -E -t "$session"
    fi
    status=$?
    # From here on the terminal may be gone.
    await_leave "$here" 2>/dev/null </dev/null
    settle >/dev/null 2>&1 </dev/null
    return $status
}

own() { TMUX=$outer tmux -N "$@"; }

# What the pane shows changes without us, so its name is asked for: the pane's own @oma_shows.
stand_by() {
    stty -echo 2>/dev/null
    if [ -n "$session" ]; then
        shown=$(own display-message -p -t "$pane" '#{@oma_shows}' 2>/dev/null)
        said="${shown:-$name} is not shown any more: it has ended, or you left it."
    else
        said='Agents are shown here.'
    fi
    printf '\033[?25l\033[2J\033[H\n  %s\n\n  %s\n' "$said" 'The dashboard shows one here at its key.'
    while read -r _; do :; done
}

trap '' HUP INT QUIT TERM
outer=$TMUX pane=$TMUX_PANE
unset TMUX TMUX_PANE
action=$1 socket=$2
case $action in
remember) remember "$3" ;;
settle) settle ;;
once | stay)
    flags=$3 session=$4 name=$5
    [ -z "$session" ] || view
    status=$?
    [ $action = once ] || stand_by
    exit $status
    ;;
esac
