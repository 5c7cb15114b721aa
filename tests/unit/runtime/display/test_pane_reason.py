"""Why a pane is there, or went."""

from types import SimpleNamespace

import pytest
import trio

from oma.errors import OmaError
from oma.model.events import PlacementDecided
from oma.model.ids import PaneId, SessionId, WindowId
from oma.runtime.display import pane_reason as module
from oma.runtime.display.decision_log import DecisionLog
from oma.runtime.display.pane_reason import reason_of_pane
from oma.tmux.address import ServerAddress
from oma.tmux.pane_mark import Mark, PaneRole
from tests.unit.runtime.display.one_window import BOB, Host, Lock, row
from tests.unit.runtime.display.test_tiling_reconciler import MAIN

PANE = PaneId("%101")


def decided(action, session, pane):
    return PlacementDecided(action, WindowId("@0"), session, pane, "a reason")


@pytest.fixture
def lock(tmp_path, monkeypatch):
    """With decisions about bob's pane, and about another agent."""

    async def agents(server, watched):
        await trio.lowlevel.checkpoint()
        return {"oma-agent-bob": [SimpleNamespace(session=BOB)]}

    monkeypatch.setattr(module, "list_agents", agents)
    journal = DecisionLog(tmp_path / "decisions.jsonl")
    journal.note(decided("defer", BOB, None), "oma-agent-bob")
    journal.note(decided("defer", SessionId("$6"), None), "oma-agent-alice")
    journal.note(decided("spawn", BOB, PANE), "oma-agent-bob")
    return Lock(journal, held=True)


async def reason(lock, *panes, pane=PANE):
    host = Host(lock, (row(MAIN), *panes))
    return await reason_of_pane(host, ServerAddress(), lambda name: True, pane)


async def test_an_agent_pane_shows_its_agent_with_all_that_was_decided_about_it(lock):
    found = await reason(lock, row(PANE, Mark(MAIN, BOB)))

    assert found.reason == f"shows the agent oma-agent-bob around {MAIN}"
    assert (found.agent, found.window) == ("oma-agent-bob", "@0")
    assert [note.event.action for note in found.notes] == ["defer", "spawn"]


async def test_an_agent_in_a_session_of_the_users_is_called_after_its_place(lock, monkeypatch):
    there = SimpleNamespace(pane="%5", session_name="work", window_index=3, pane_index=1)

    async def panes(server):
        await trio.lowlevel.checkpoint()
        return (there,)

    monkeypatch.setattr(module, "list_panes", panes)

    assert (await reason(lock, row(PANE, Mark(MAIN, "%5")))).agent == "work:3.1"
    assert (await reason(lock, row(PANE, Mark(MAIN, "%6")))).agent == "%6"


async def test_where_nobody_tiles_any_more_that_is_told(lock):
    lock.held = False

    found = await reason(lock, row(PANE, Mark(MAIN, BOB)))
    assert found.reason.endswith("; nobody tiles around that now")


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (None, "oma did not make it"),
        (Mark(MAIN, None), f"shows a program that the user started around {MAIN}"),
        (Mark(MAIN, role=PaneRole.RIGHT), f"the right pane of the dashboard in {MAIN}"),
    ],
)
async def test_other_panes_are_told_apart(lock, mark, words):
    assert (await reason(lock, row(PANE, mark))).reason == words


async def test_a_pane_that_went_is_told_by_what_was_decided(lock):
    found = await reason(lock)

    assert (found.reason, found.agent, found.window) == ("it is gone", "oma-agent-bob", None)
    with pytest.raises(OmaError, match="nothing is known of a pane %99"):
        await reason(lock, pane=PaneId("%99"))
