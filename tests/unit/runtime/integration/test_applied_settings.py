import pytest

from oma.errors import CommandError
from oma.runtime.integration.applied_settings import (
    apply_plan,
    clear_marks,
    marked_windows,
    read_settings,
)
from oma.tmux.address import ServerAddress
from oma.tmux.commands.server_settings import SetGlobalOption, UnbindKey
from oma.tmux.installation import InstallationPlan, SettingChange

SERVER = ServerAddress(socket_name="x")


async def test_options_and_keys_are_read_and_what_is_not_set_is_left_out(tmux):
    tmux.says("list-keys", "bind-key -T prefix a next\n")
    tmux.says("status-right", "text \n")

    now = await read_settings(SERVER)

    assert now.options == {"status-right": "text "}
    assert now.keys == {"a": "next"}


async def test_without_a_server_it_is_said(tmux):
    tmux.says("list-keys", status=1, complaint="no server running\n")

    with pytest.raises(CommandError, match="tmux refused to list its keys: no server running"):
        await read_settings(SERVER)


async def test_a_plan_is_one_command_list(tmux):
    plan = InstallationPlan(
        (SettingChange("a", SetGlobalOption("@x", "1")), SettingChange("b", UnbindKey("a")))
    )

    await apply_plan(SERVER, plan)
    await apply_plan(SERVER, InstallationPlan())

    assert tmux.asked == [["set-option", "-g", "@x", "1", ";", "unbind-key", "-T", "prefix", "a"]]


async def test_marks_are_taken_from_the_windows_that_have_them(tmux):
    tmux.says("list-panes", "@2\n@1\n@2\n")

    assert await marked_windows(SERVER) == ("@1", "@2")
    await clear_marks(SERVER)

    unset = ["set-option", "-w", "-u", "-t"]
    assert tmux.asked[-1] == [*unset, "@1", "@oma_window", ";", *unset, "@2", "@oma_window"]
