from oma.tmux.commands.command import CommandList, Safety, in_order
from oma.tmux.commands.control import Print
from oma.tmux.commands.panes import KillPane, SelectPane


def test_a_list_may_do_what_its_most_dangerous_command_may_do():
    assert in_order(Print("x"), SelectPane("%1")).safety is Safety.MUTATING
    assert in_order(KillPane("%1"), Print("x")).safety is Safety.DESTRUCTIVE
    assert CommandList(()).safety is Safety.READ_ONLY


def test_commands_stay_in_their_order():
    assert in_order(Print("a"), Print("b")).commands == (Print("a"), Print("b"))
