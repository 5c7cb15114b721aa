from contextlib import asynccontextmanager
from pathlib import Path

import attrs
import pytest

from oma.errors import CommandError
from oma.runtime.agents import keyboard
from oma.runtime.agents.keyboard import PaneKeyboard, PaneKeyboards
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.tmux_client import Answer
from oma.tmux.capabilities import Version


@attrs.define
class FakeClient:
    """Notes what it is asked, and answers as the test says."""

    answers: list = attrs.Factory(list)
    asked: list = attrs.Factory(list)

    async def ask(self, command):
        self.asked.append(command.words())
        return self.answers.pop(0) if self.answers else Answer(0, "", "")


async def test_what_is_typed_goes_to_the_pane_in_its_order():
    client = FakeClient()

    await PaneKeyboard("%5", client, raw=False).type(b"a\x1b[A")

    assert [words[-1] for words in client.asked] == [
        'send-keys -t "%5" -H 61',
        'send-keys -t "%5" Up',
    ]


async def test_a_paste_goes_through_a_buffer_of_its_own():
    client = FakeClient()
    typist = PaneKeyboard("%5", client, raw=False)

    await typist.paste("one")
    await typist.paste("two")

    names = [words[words.index("-b") + 1] for words in client.asked if words[0] == "set-buffer"]
    assert len(set(names)) == 2
    assert [words[0] for words in client.asked] == 2 * ["set-buffer", "if-shell"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(1, "", "can't find pane: %5"), "tmux refused: can't find pane: %5"),
        (Answer(0, "dead\n", ""), "nothing was typed: its program has ended"),
        (Answer(0, "input-off\n", ""), "nothing was typed: its pane takes no input"),
    ],
)
async def test_a_paste_that_does_not_arrive_is_told_and_leaves_no_buffer(answer, why):
    client = FakeClient([Answer(0, "", ""), answer])

    with pytest.raises(CommandError, match=why):
        await PaneKeyboard("%5", client, raw=False).paste("text")

    assert client.asked[-1][0] == "delete-buffer"


async def test_bytes_that_tmux_refuses_are_told():
    with pytest.raises(CommandError, match="tmux refused: no"):
        await PaneKeyboard("%5", FakeClient([Answer(1, "", "no")]), raw=False).type(b"a")


@pytest.mark.parametrize("there", [True, False])
async def test_there_is_a_keyboard_for_a_pane_that_is_there(there, monkeypatch):
    @asynccontextmanager
    async def client_of(access, pane, news):
        yield FakeClient() if there else None

    monkeypatch.setattr(keyboard, "window_client", client_of)
    boards = PaneKeyboards(lambda: ServerAccess(Path("/s"), Version(3, 4, -1)))

    if there:
        async with boards.open("%5") as board:
            assert board.pane == "%5"
    else:
        with pytest.raises(CommandError, match="this pane is gone"):
            async with boards.open("%5"):
                pytest.fail("there is none")
