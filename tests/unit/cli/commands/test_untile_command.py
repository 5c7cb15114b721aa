import pytest
import trio

from oma.cli.commands import untile_command
from oma.cli.commands.untile_command import run
from oma.cli.option_values import GlobalOptions
from oma.errors import OmaError
from tests.unit.cli.parsing import parsed


def test_it_takes_the_options_of_all():
    assert parsed("untile", "-L", "x") == GlobalOptions(socket_name="x")


def test_outside_tmux_there_is_no_window():
    with pytest.raises(OmaError, match="oma untile works inside tmux"):
        run(GlobalOptions())


@pytest.mark.parametrize(
    ("was_tiled", "words"), [(True, "untiled"), (False, "nothing is tiled here")]
)
def test_it_says_whether_anything_was_tiled(monkeypatch, capsys, was_tiled, words):
    async def host(socket, what):
        await trio.lowlevel.checkpoint()

    async def untile(host, socket, policy):
        await trio.lowlevel.checkpoint()
        return was_tiled

    monkeypatch.setattr(untile_command, "find_host_pane", host)
    monkeypatch.setattr(untile_command, "untile", untile)

    assert run(GlobalOptions()) == 0
    assert capsys.readouterr().out == f"{words}\n"
