import attrs
import pytest

from oma.errors import CommandError
from oma.model.dialog import Dialog, DialogOption
from oma.model.events import PaneOutput, SessionOpened
from oma.model.intents import AnswerDialog
from oma.runtime.agents.dialog_answer import answer_to, is_echoed, type_line
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, seen
from tests.unit.tui.fleets import agent

PERMIT = Dialog("Go on?", "ls", (DialogOption("1", "Yes"), DialogOption("2", "No")))
LINE = Dialog("Go on? [y/N]", "", (DialogOption("", "y"), DialogOption("", "N")), takes_text=True)


def answered(dialog, key):
    asked = AnswerDialog("$1", key, dialog.fingerprint)
    return answer_to(agent(1, dialog=dialog), asked)


def test_an_option_is_its_key_and_a_text_is_a_line():
    assert (answered(PERMIT, "2").label, answered(PERMIT, "2").is_line) == ("No", False)
    assert (answered(LINE, "only some").said, answered(LINE, "only some").is_line) == (
        "only some",
        True,
    )


@pytest.mark.parametrize("text", ["", "y\n", "y\r", "\x1b[A", "a\x00b"])
def test_a_text_is_one_line_without_control_characters(text):
    with pytest.raises(CommandError):
        answered(LINE, text)


def test_a_dialog_of_options_takes_no_text():
    with pytest.raises(CommandError, match="offers no option 'yes'"):
        answered(PERMIT, "yes")


@pytest.mark.parametrize(
    ("after", "echoed"),
    [
        (["rm 12 files", "Go on? [y/N] y", ""], True),
        (["rm 12 files", "Go on? [y/N] yes", ""], False),
        (["rm 12 files", "Go on? [y/N]", "y"], False),
        (["rm 12 files", "Go on? [y/N] y", "Overwrite y?"], False),
        (["removed y", "Overwrite all? [y/N] y"], False),
        (["rm 12 files", "Go on? [y/N]", ""], False),
        ([], False),
    ],
)
def test_a_text_is_echoed_behind_the_question_or_not_at_all(after, echoed):
    assert is_echoed(["rm 12 files", "Go on? [y/N] ", ""], after, "y") is echoed


@attrs.define
class Echo:
    """The input of a pane whose program shows what is typed, or something else."""

    store: Store
    shows: bytes
    typed: list = attrs.Factory(list)

    async def put(self, data):
        self.typed.append(data)
        self.store.append(PaneOutput(PANE, self.shows))


@pytest.fixture
def store():
    store = Store(empty().fleet, lambda: 1.0)
    for event in (SessionOpened(SESSION, "oma-agent-a"), seen(), captured()):
        store.append(event)
    store.append(PaneOutput(PANE, b"\x1b[2J\x1b[HRemove 12 files? [y/N] "))
    return store


async def test_enter_follows_a_line_once_the_screen_shows_it(store):
    into = Echo(store, b"y")
    assert await type_line(store, SESSION, into, "y")
    assert into.typed == [b"y", b"\r"]


async def test_a_key_that_brought_another_question_gets_no_enter(store, autojump_clock):
    into = Echo(store, b"\x1b[2J\x1b[HOverwrite all? [y/N] ")
    assert not await type_line(store, SESSION, into, "y")
    assert into.typed == [b"y"]
