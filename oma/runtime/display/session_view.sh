#!/bin/sh
# Views of agents that give every agent its size back, whatever ends the view.
#
#   session_view.sh once TMUX SOCKET FLAGS SESSION             attach here; settle when that ends
#   session_view.sh look TMUX SOCKET FLAGS SESSION MARK        as `once`, in a pane of ours that takes no keys
#   session_view.sh stay TMUX SOCKET FLAGS SESSION MARK NAME   as `once`, then say so and stand by
#   session_view.sh ended TMUX - - - MARK NAME                 say that a view has ended, and stand by
#   session_view.sh switch TMUX SOCKET FLAGS SESSION TERMINAL  make the client there show a session; settle
#   session_view.sh settle TMUX SOCKET                         give sizes back where nobody looks any more
#
# tmux leaves a window at the size of its last viewer. The size from before is kept by the window
# itself, so it outlives any process of ours:
#
#   @oma_size  noted by the first view, left alone by later ones; whoever finds the window without
#              a viewer gives it back
#   @oma_view  the process of the latest view: who settles does so only if none has come meanwhile
#   @oma_held  what window-size was before a view with the flag ignore-size held the window
#
# What belongs together is one tmux process, for the server runs that without a break. The signals
# by which terminals and popups end their programs are ignored; the tmux client minds them itself.
# Ids are the only targets. Needs tmux 3.2 (client_flags). TMUX is the program; SESSION may be empty
# for `stay`; MARK is read by who looks for panes of ours.

set -f
size='#{window_width}x#{window_height}'

t() { "$tmux" -N -u -S "$socket" "$@"; }

# "@WINDOW SIZE NOTED VIEW HELD" of each window that nobody looks at; `-` for what is not set. One
# who ignores sizes counts for a held window only; a control client is nobody.
unseen() {
    t list-clients -F 'client #{session_id} #{client_flags}' \; list-windows -a -F \
        "window #{session_id} #{window_id} $size \
#{?@oma_size,#{@oma_size},-} #{?@oma_view,#{@oma_view},-} #{?@oma_held,#{@oma_held},-}" | awk '
        $1 == "client" && $3 !~ /control-mode/ { watched[$2] = 1 }
        $1 == "client" && $3 !~ /control-mode|ignore-size/ { sized[$2] = 1 }
        $1 == "window" { about[$3] = $4 " " $5 " " $6 " " $7 }
        $1 == "window" && ($2 in sized || $7 != "-" && $2 in watched) { busy[$3] = 1 }
        END { for (window in about) if (!(window in busy)) print window, about[window] }'
}

# Prints the commands that note the sizes of the session, to run before the one that shows it. The
# sizes are looked at when they run.
#
# A client that ignores sizes gives its size all the same while no other is attached to the server
# (3.2 to 3.6, resize.c). A manual size is heeded by all.
noting() {
    t list-windows -t "$session" -F '#{window_id}' | while read -r window; do
        echo "set-option -woqF -t $window @oma_size $size ;"
        echo "set-option -w -t $window @oma_view $$ ;"
        case $flags in
        *ignore-size*)
            own=$(t show-options -wqv -t "$window" window-size)
            [ "$own" = manual ] ||
                echo "set-option -w -t $window @oma_held ${own:-unset} ; resize-window -t $window ;"
            ;;
        esac
    done
}

# Without detach-on-destroy, tmux moves a client to any session when its own ends: then the sizes of
# all that nobody looks at are at stake.
note_all() {
    [ "$(t display-message -p -t "$session:" '#{detach-on-destroy}')" = on ] ||
        unseen | while read -r window _; do
            t set-option -woqF -t "$window" @oma_size "$size"
        done
}

# resize-window sets a window-size of `manual`: what was set before comes back with the same command.
# Where a user has set `manual`, the size is theirs.
settle() {
    unseen | awk '$3 ~ /^[0-9]+x[0-9]+$/ && $4 ~ /^[0-9]+$|^-$/' |
        while read -r window now noted view held; do
            own=$held
            [ "$held" != - ] || own=$(t show-options -wqv -t "$window" window-size)
            back="resize-window -t $window -x ${noted%x*} -y ${noted#*x} ;"
            case $own in
            manual) back= ;;
            largest | smallest | latest) back="$back set-option -w -t $window window-size $own ;" ;;
            *) back="$back set-option -wu -t $window window-size ;" ;;
            esac
            [ "$held" != - ] || [ "$now" != "$noted" ] || back=
            for option in @oma_size @oma_view @oma_held; do
                back="$back set-option -wu -t $window $option ;"
            done
            t if-shell -F -t "$window" "#{==:#{?@oma_view,#{@oma_view},-},$view}" "${back% ;}"
        done
}

# Our own pane takes no keys, so that none is typed into the agent; else nothing is shown. The flag
# read-only would keep them, too, and from 3.7 on everybody else's send-keys (decision 0006). Keys that
# came before are thrown away.
take_no_keys() {
    TMUX=${outer:?} "$tmux" -N select-pane -d -t "${pane:?}" || exit
    stty -icanon min 0 time 0 && cat >/dev/null
}

# From the end of the client on, the terminal may be gone. The server knows of that end before it
# hears of a later client, even when the client was killed.
view() {
    note_all
    set --
    # Of the agents' server: its prefix is the one that counts in there. While a message stands,
    # tmux shows no output: it is short, and the first key ends it.
    [ "$action" != once ] || set -- \; display-message -d 1500 '#{prefix} d comes back'
    if [ -n "$flags" ]; then
        t $(noting) attach-session -E -f "$flags" -t "$session" "$@"
    else
        t $(noting) attach-session -E -t "$session" "$@"
    fi
    status=$?
    settle >/dev/null 2>&1 </dev/null
    return $status
}

# What the pane shows changes without us, so its name is asked for: the pane's own @oma_shows.
stand_by() {
    stty -echo 2>/dev/null
    if [ -n "$session" ] || [ "$action" = ended ]; then
        shown=$(TMUX=$outer "$tmux" -N display-message -p -t "$pane" '#{@oma_shows}' 2>/dev/null)
        said="${shown:-$name} is not shown any more:"
        because='it has ended, or you left it.'
    else
        said='Agents are shown here.' because=
    fi
    printf '\033[?25l\033[2J\033[H'
    printf '\n  %s' "$said" ${because:+"$because"} '' \
        'The dashboard shows one here at its key.'
    while read -r _; do :; done
}

trap '' HUP INT QUIT TERM
outer=$TMUX pane=$TMUX_PANE
unset TMUX TMUX_PANE
action=$1 tmux=$2 socket=$3 flags=$4 session=$5 terminal=$6 name=$7
status=0
case $action in
look)
    take_no_keys
    view
    ;;
once | stay)
    [ -z "$session" ] || view
    [ "$action" = once ] || stand_by
    ;;
ended)
    # Whoever looks for a right pane that shows something is told so.
    TMUX=$outer "$tmux" -N set-option -p -t "$pane" @oma_ended 1
    stand_by
    ;;
switch)
    note_all
    t $(noting) switch-client -E -c "$terminal" -t "$session"
    status=$?
    settle 2>/dev/null
    ;;
settle) settle 2>/dev/null ;;
esac
exit $status
