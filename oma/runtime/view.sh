#!/bin/sh
# Views of agents that give every agent its size back, whatever ends the view.
#
#   view.sh remember SOCKET FLAGS SESSION    note the sizes that a view with these flags changes
#   view.sh settle SOCKET                    give sizes back where nobody looks any more
#   view.sh once SOCKET FLAGS SESSION        attach here; settle when that ends
#   view.sh stay SOCKET FLAGS SESSION NAME   as `once`, then say so and stand by
#
# tmux leaves a window at the size of its last viewer. The size from before is kept by the window
# itself, as @oma_size, so it outlives any process of ours: the first view notes it, later views
# leave it alone, and whoever finds the window without a viewer gives it back. A view with the flag
# ignore-size is to change no size: its windows are held at theirs until it ends. The signals by
# which terminals and popups end their programs are ignored; the tmux client minds them for itself.
# Needs tmux 3.2 (client_flags). Ids are the only targets; SESSION may be empty for `stay`.

size='#{window_width}x#{window_height}'

t() { tmux -N -u -S "$socket" "$@"; }

# Runs the commands on stdin, each ended by a word `;`, in one process. They hold ids and numbers.
run_all() {
    commands=$(cat)
    # shellcheck disable=SC2086  # split into words on purpose
    [ -z "$commands" ] || t $commands
}

# "@WINDOW SIZE NOTED HELD" of each window that nobody looks at; the last two may be missing. One
# who ignores sizes counts for a held window only; a control client is nobody.
unseen() {
    {
        t list-clients -F 'client #{session_id} #{client_flags}'
        t list-windows -a -F "window #{session_id} #{window_id} $size #{@oma_size} #{@oma_held}"
    } 2>/dev/null | awk '
        $1 == "client" && $3 !~ /control-mode/ { watched[$2] = 1 }
        $1 == "client" && $3 !~ /control-mode|ignore-size/ { sized[$2] = 1 }
        $1 == "window" { about[$3] = $4 " " $5 " " $6 }
        $1 == "window" && ($2 in sized || $6 != "" && $2 in watched) { busy[$3] = 1 }
        END { for (window in about) if (!(window in busy)) print window, about[window] }'
}

# Without detach-on-destroy, tmux moves the client to any session when its own ends: then the sizes
# of all that nobody looks at are at stake.
remember() {
    t list-windows -t "$1" -F \
        "set-option -woq -t #{window_id} @oma_size $size \\;" | run_all
    [ "$(t display-message -p -t "$1:" '#{detach-on-destroy}')" = on ] ||
        unseen | awk '{ print "set-option -woq -t", $1, "@oma_size", $2, ";" }' | run_all
}

# A client that ignores sizes gives its size all the same while no other is attached to the server
# (3.2 to 3.6, resize.c). A manual size is heeded by all; @oma_held says what was set before.
hold() {
    t list-windows -t "$1" -F '#{window_id} #{window_width} #{window_height}' |
        while read -r window columns rows; do
            own=$(t show-options -wqv -t "$window" window-size)
            [ "$own" = manual ] ||
                t set-option -w -t "$window" @oma_held "${own:-unset}" \; \
                    resize-window -t "$window" -x "$columns" -y "$rows"
        done
}

# resize-window sets a window-size of `manual`: what was set before comes back with the same breath.
# Where a person has set `manual`, the size is theirs.
settle() {
    unseen | awk 'NF == 3 && $2 == $3 { print "set-option -wu -t", $1, "@oma_size ;" }' | run_all
    unseen | awk 'NF > 2 && split($3, n, "x") { print $1, n[1], n[2], $4 }' |
        while read -r window columns rows own; do
            [ -n "$own" ] || own=$(t show-options -wqv -t "$window" window-size)
            set -- resize-window -t "$window" -x "$columns" -y "$rows" \;
            case $own in
            manual) set -- ;;
            '' | unset) set -- "$@" set-option -wu -t "$window" window-size \; ;;
            *) set -- "$@" set-option -w -t "$window" window-size "$own" \; ;;
            esac
            t "$@" set-option -wu -t "$window" @oma_size \; set-option -wu -t "$window" @oma_held
        done
}

prepare() {
    remember "$session"
    case $flags in
    *ignore-size*) hold "$session" ;;
    esac
}

view() {
    prepare
    if [ -n "$flags" ]; then
        t attach-session -E -f "$flags" -t "$session"
    else
        t attach-session -E -t "$session"
    fi
    status=$?
    # The server knows of the end of a client before it hears of a later one, even of a killed client.
    # The terminal may be gone by now.
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
action=$1 socket=$2 flags=$3 session=$4 name=$5
case $action in
remember) prepare ;;
settle) settle ;;
once | stay)
    [ -z "$session" ] || view
    status=$?
    [ $action = once ] || stand_by
    exit $status
    ;;
esac
