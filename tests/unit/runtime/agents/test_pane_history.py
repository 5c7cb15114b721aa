import pytest

from oma.errors import CommandError
from oma.runtime.agents.pane_history import PaneHistory
from oma.tmux.address import ServerAddress
from tests.support.scripted_tmux import ScriptedTmux


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    return tmux


async def test_the_lines_of_a_pane_are_read_by_its_id(tmux):
    tmux.says("capture-pane", "one\ntwo\n")
    history = PaneHistory(ServerAddress(socket_name="x"))

    assert await history.read("%2", 500) == "one\ntwo\n"
    assert tmux.asked[0][-5:] == ["-e", "-S", "-500", "-t", "%2"]


async def test_what_tmux_refuses_is_said(tmux):
    tmux.says("capture-pane", status=1, complaint="can't find pane: %2")

    with pytest.raises(CommandError, match="can't find pane"):
        await PaneHistory(ServerAddress(socket_name="x")).read("%2", 500)


async def test_the_rows_of_a_pane_have_their_looks_and_no_sequences(tmux):
    tmux.says(
        "capture-pane", "\x1b[31mred\x1b[39m plain\x1b[0m\n\x1b]8;;x\x1b\\link\x1b]8;;\x1b\\\n"
    )
    rows = await PaneHistory(ServerAddress(socket_name="x")).rows("%2", 80)

    assert [[(run.text, run.style.foreground) for run in row] for row in rows[:2]] == [
        [("red", 1), (" plain", None)],
        [("link", None)],
    ]
