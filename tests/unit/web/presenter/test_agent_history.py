from oma.model.events import CommandSent, Record
from oma.model.health import Health, Transition, Verdict
from oma.web.presenter.agent_history import KEPT, MOST_AGENTS, AgentHistory, HistoryEntry

VERDICT = Verdict(Health.WAITING, "permission", "x/ask", "Sure?", 1.0)


def did(t, command, pane, text="", by=""):
    return Record(1, t, CommandSent(command, pane, text, by))


def test_it_tells_what_became_of_an_agent_and_what_users_did(web):
    pane = web.agent(1)
    history = AgentHistory(web.store)
    became = Transition(2.0, 1, "a", None, VERDICT, "$1")

    history.take(did(2.5, "answer", pane, "1 Yes\x1b[2J", "kim"), (became,))
    history.take(did(3.0, "control", pane, "kim"), ())
    history.take(did(4.0, "answer", "%99", "1 Yes"), ())
    history.take(did(5.0, "new", None, "x"), ())

    answered, changed = sorted(history.entries("$1"), key=lambda each: each.health is not None)
    assert changed == HistoryEntry(2.0, VERDICT.health, VERDICT.reason)
    assert (answered.t, answered.command, answered.by) == (2.5, "answer", "kim")
    assert answered.text.startswith("1 Yes")
    assert "\x1b" not in answered.text
    assert history.entries("$9") == ()


def test_what_it_keeps_is_bounded(web):
    history = AgentHistory(web.store)
    for t in range(KEPT + 5):
        history.take(did(float(t), "key", None), (Transition(t, 1, "a", None, VERDICT, "$1"),))
    assert [entry.t for entry in history.entries("$1")] == list(range(5, KEPT + 5))

    for number in range(MOST_AGENTS):
        told = Transition(1.0, 1, "a", Health.OK, VERDICT, f"%{number}")
        history.take(did(1.0, "key", None), (told,))
    assert history.entries("$1") == ()
    assert history.entries("%0")
