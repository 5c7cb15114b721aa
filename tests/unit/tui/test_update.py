"""What each key, click and turn of the wheel does."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.health import Health
from oma.model.intents import (
    AttachAgent,
    CycleTiling,
    KillAgent,
    LetType,
    NewAgent,
    Proposals,
    Refusal,
    RestartAgent,
    Resync,
    SendText,
    ShowAgent,
    StopAgent,
    ToggleTiling,
)
from oma.tui.form import CompleteDirectory
from oma.tui.inputs import Click, Key, Paste, Wheel
from oma.tui.ordering import Order
from oma.tui.performing import TakeBack
from oma.tui.update import checked, completed, step
from oma.tui.view_model import (
    Browsing,
    Confirming,
    Creating,
    Digesting,
    Filtering,
    Messaging,
    View,
    settled,
)
from tests.unit.tui.fleets import BEGAN, PREFIX, agent, update_context

FLEET = tuple(agent(number) for number in range(1, 31))
KEYS = [*"jkgGsmwDLnxKR/r?qy1a", "Enter", "Escape", "Tab", "Down", "PageDown", "Backspace"]


def after(*keys, context=None, view=None):
    """Return the view after these keys, and every intent on the way."""
    context = context or update_context(*FLEET)
    view, intents = view or settled(View(), context), []
    for key in keys:
        given = key if not isinstance(key, str) else Key(key)
        view, asked = step(view, given, context)
        intents += asked
    return view, intents


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        (["j"], "$2"), (["Down", "Down"], "$3"), (["j", "k"], "$1"), (["k"], "$1"),
        (["G"], "$30"), (["G", "g"], "$1"), (["PageDown"], "$9"), (["PageDown", "PageUp"], "$1"),
        ([Wheel(1)], "$4"), ([Wheel(1), Wheel(-1)], "$1"), ([Click(4, 10)], "$3"),
        ([Click(20, 10)], "$1"), ([Click(1, 10)], "$1"), (["G", Click(2, 0)], "$22"), (["Home", "End", "j"], "$30"),
    ],
)  # fmt: skip
def test_the_selection_moves(keys, selected):
    view, intents = after(*keys)

    assert view.selected == selected
    assert view.first <= view.index < view.first + 9
    assert intents == []


@pytest.mark.parametrize(
    ("key", "intent"),
    [
        ("Enter", AttachAgent("$1")),
        ("s", ShowAgent("$1")),
        ("t", ToggleTiling("")),
        ("T", CycleTiling()),
        ("i", LetType("$1")),
        ("r", Resync()),
    ],
)
def test_a_key_asks_for_something_at_once(key, intent):
    assert after(key)[1] == [intent]


def test_who_fits_the_filter_is_tiled_and_that_needs_no_selection():
    assert after("/", "z", "Enter", "t")[1] == [ToggleTiling("z")]


@pytest.mark.parametrize(
    ("key", "intent"), [("K", KillAgent("$2")), ("R", RestartAgent("$2")), ("x", StopAgent("$2"))]
)
def test_what_ends_work_at_once_is_asked_about_and_done_only_on_yes(key, intent):
    view, intents = after("j", key)
    assert isinstance(view.mode, Confirming)
    assert "2?" in view.mode.question
    assert intents == []

    assert after("y", view=view)[1] == [intent]
    for other in ("n", "Escape", "Enter", "Y", "q"):
        left, intents = after(other, view=view)
        assert (left.mode, left.notice, left.leaving, intents) == (
            Browsing(),
            "not done",
            False,
            [],
        )


def test_the_question_is_about_the_agent_that_was_selected_whatever_the_list_does():
    view, _ = after("K")
    moved = update_context(agent(1), agent(2, health=Health.WAITING))

    assert after("y", view=view, context=moved)[1] == [KillAgent("$1")]


def test_an_agent_that_has_ended_is_restarted_without_a_question():
    ended = update_context(agent(1, health=Health.EXITED))

    assert after("R", context=ended)[1] == [RestartAgent("$1")]


def test_an_agent_that_has_ended_is_not_stopped():
    view, intents = after("x", context=update_context(agent(1, health=Health.EXITED)))

    assert (view.mode, view.notice, intents) == (Browsing(), "1 has ended already", [])


def test_a_message_is_typed_and_sent_to_the_agent_it_was_begun_for():
    view, intents = after("m", *"hj", " ", "x")
    assert isinstance(view.mode, Messaging)
    assert view.selected == "$1"

    view, intents = after("Enter", view=view)
    assert (view.mode, intents) == (Browsing(), [SendText("$1", "hj x")])


def test_an_empty_or_abandoned_message_is_not_sent():
    assert after("m", " ", "Enter")[1] == []
    view, intents = after("m", "a", "Escape")
    assert (view.mode, view.notice, intents) == (Browsing(), "not sent", [])


def test_nobody_writes_to_an_agent_that_has_ended():
    view, _ = after("m", context=update_context(agent(1, health=Health.EXITED)))

    assert view.mode == Browsing()
    assert "ended" in view.notice


@pytest.mark.parametrize("keys", ["", "m", "/", "n", "K", "?", "w"])
def test_a_paste_asks_for_nothing_and_leaves_nothing(keys):
    before, _ = after(*keys)
    view, intents = after(Paste("Kq\ny1\x1b"), view=before)

    assert intents == []
    assert not view.leaving
    assert type(view.mode) is type(before.mode)


def test_a_paste_goes_into_what_is_being_edited():
    message, sent = after("m", "a", Paste("one\n\ttwo"), "Enter")
    filtered, _ = after("/", Paste("three\n"))
    created, _ = after("n", Paste("a\nb"))

    assert sent == [SendText("$1", "aone\n\ttwo")]
    assert isinstance(message.mode, Browsing)
    assert filtered.filter_text == "three"
    assert created.mode.form.name.text == "31a b"


def test_what_a_paste_cannot_bring_is_said():
    message, _ = after("m", Paste("a\x1b[A\x00b"))
    form, _ = after("n", Paste("\x07"))

    assert message.mode.editor.text == "a[Ab"
    assert message.notice == "2 control characters left out"
    assert form.notice == "1 control character left out"


def test_the_list_follows_the_filter_while_it_is_typed():
    view, _ = after("/", *"agent-12")
    assert isinstance(view.mode, Filtering)
    assert view.selected == "$12"

    assert after("Enter", view=view)[0].filter_text == "agent-12"
    assert after("Escape", view=view)[0].filter_text == ""


def test_escape_drops_the_filter_and_the_grounds():
    view, _ = after("/", "3", "Enter", "w")
    assert (view.filter_text, view.why) == ("3", True)

    view, _ = after("Escape", view=view)
    assert (view.filter_text, view.why) == ("", False)


def test_tab_goes_round_those_that_need_a_user():
    fleet = update_context(
        agent(1), agent(2, health=Health.STUCK), agent(3, health=Health.WAITING)
    )

    assert [after(*["Tab"] * n, context=fleet)[0].selected for n in (1, 2, 3)] == [
        "$2",
        "$3",
        "$2",
    ]
    view, _ = after("Tab")
    assert (view.selected, view.notice) == ("$1", "nobody waits for you")
    assert after("Tab", context=update_context())[0].selected is None


def test_after_an_absence_it_is_told_what_happened_since_its_beginning():
    view = View(away_since=BEGAN)

    assert after("D", view=view)[0].mode == Digesting(BEGAN)


def test_q_leaves():
    assert after("q")[0].leaving


def test_a_double_click_opens_the_agent_under_it():
    assert after(Click(3, 5, double=True))[1] == [AttachAgent("$2")]
    assert after(Click(22, 5, double=True))[1] == []


def test_a_click_while_something_is_asked_does_nothing():
    view, intents = after("K", Click(2, 5, double=True))

    assert isinstance(view.mode, Confirming)
    assert (view.selected, intents) == ("$1", [])


def test_without_agents_there_is_nothing_to_ask_for():
    for key in ("Enter", "x", "K", "R", "m", "s"):
        view, intents = after(key, context=update_context())
        assert (view.notice, intents) == ("no agent is selected", [])


def test_a_notice_is_gone_with_the_next_key():
    view, _ = after("2", "j")

    assert view.notice == ""


def test_a_key_without_a_meaning_changes_nothing():
    assert after("j", "ü")[0] == after("j")[0]


@given(st.lists(st.sampled_from(KEYS) | st.builds(Wheel, st.integers(-9, 9)), max_size=15))
@settings(max_examples=60)
def test_whatever_is_typed_an_agent_of_the_list_is_selected_and_seen(keys):
    found = update_context(*FLEET)
    view, _ = after(*keys, context=found)
    agents = found.agents(view)

    assert (view.selected is None) == (not agents)
    if agents:
        assert agents[view.index].session == view.selected
        assert view.first <= view.index


def creating(*keys):
    fleet = attrs.evolve(
        update_context(*FLEET[:2]), proposals=Proposals("claude", "/srv", ("claude",))
    )
    return after("n", *keys, context=fleet)


def test_the_form_proposes_a_name_that_is_free_and_starts_nothing_by_itself():
    view, intents = creating()

    assert isinstance(view.mode, Creating)
    form = view.mode.form
    assert [form.name.text, form.command.text, form.directory.text] == ["3", "claude", "/srv"]
    assert intents == []


def test_the_form_is_left_by_escape_and_by_nothing_else():
    view, intents = creating("q", "?", "Up", "Escape")

    assert (view.mode, view.leaving, view.notice, intents) == (
        Browsing(),
        False,
        "nothing started",
        [],
    )


def test_an_agent_that_can_be_started_is_selected_when_it_shows_up():
    view, (new,) = creating("Enter")
    assert new == NewAgent("3", "claude", "/srv")

    view = checked(attrs.evolve(view, filter_text="x"), new, None, PREFIX)
    assert (view.mode, view.filter_text) == (Browsing(), "")
    assert settled(view, update_context(*FLEET[:2])).selected == "$1"
    assert settled(view, update_context(*FLEET[:2], agent(3, gone=True))).selected == "$1"
    found = settled(view, update_context(*FLEET[:3]))
    assert (found.selected, found.awaited) == ("$3", "")
    assert settled(after("k", view=view)[0], update_context(*FLEET[:3])).selected == "$1"


def test_an_agent_that_cannot_be_started_keeps_the_form_open():
    view, (new,) = creating("Enter")
    refused = checked(view, new, Refusal("command", "not found"), PREFIX)

    assert refused.mode.form.refusal == Refusal("command", "not found")
    assert refused.mode.form.field == "command"


@pytest.mark.parametrize("key", ["Escape", "x"])
def test_an_agent_that_was_taken_back_is_not_started(key):
    view, asked = creating("Enter", key)

    assert checked(view, asked[0], None, PREFIX) is None


def test_directories_go_to_the_form_while_it_is_open():
    view, asked = creating("Up", "Tab")
    assert asked == [CompleteDirectory("/srv")]

    assert completed(view, "/srv", ("/srv/",)).mode.form.directory.text == "/srv/"
    assert completed(View(), "/srv", ("/srv/",)) == View()


def projects():
    fleet = (("$1", "a"), ("$2", "b"), ("$3", "a"))
    return update_context(*(agent(int(key[1:]), project=f"/src/{name}") for key, name in fleet))


def test_the_grouping_goes_round_and_the_selection_stays_with_its_agent():
    view, intents = after("j", context=projects())
    assert (view.selected, view.index, intents) == ("$2", 1, [])

    for index, words in ((2, "grouped by project"), (1, "grouped by session"), (1, "not grouped")):
        view, intents = step(view, Key("b"), projects())
        assert (view.selected, view.index, view.notice, intents) == ("$2", index, words, ())


def test_groups_are_moved_through_from_top_to_bottom_and_a_heading_is_no_agent():
    view, _ = after("b", "j", context=projects())
    assert view.selected == "$3"

    assert after("b", "j", Click(2, 5, double=True), context=projects())[1] == []
    assert after("b", Click(4, 5, double=True), context=projects())[1] == [AttachAgent("$3")]
    assert after("b", Click(6, 5, double=True), context=projects())[1] == [AttachAgent("$2")]
    assert after("b", Click(7, 5, double=True), context=projects())[1] == []


def test_the_past_is_hidden_and_shown():
    view, intents = after("L")
    assert (view.timeline, intents) == (False, [])
    assert after("L", view=view)[0].timeline


def test_what_a_filter_cannot_mean_is_said_while_it_is_typed():
    typed, _ = after("/", *"health:x")
    assert typed.notice == "no health begins with 'x'"
    assert after("Backspace", view=typed)[0].notice == ""
    assert after("Enter", view=typed)[0].notice == typed.notice


def test_saved_filters_are_offered_and_known():
    view, _ = after("/", view=View(saved_filters=(("six", "agent-6 or agent-16"),)))
    assert view.notice == "@six"
    view, _ = after(*"@six", "Enter", view=view)
    assert [each.id for each in update_context(*FLEET).agents(view)] == ["$6", "$16"]


def test_a_key_sorts_by_what_is_next_and_the_selection_stays():
    fleet = update_context(agent(1, "b"), agent(2, "a", Health.WAITING))
    view, _ = after("j", "S", context=fleet)

    assert (view.order, view.notice, view.selected) == (Order.NAME, "sorted by name", "$1")
    assert [each.id for each in fleet.agents(view)] == ["$2", "$1"]


WAIT = tuple(agent(number, health=Health.WAITING) for number in (1, 2))


def test_who_is_snoozed_stands_last_and_calls_nobody_until_it_is_taken_back():
    fleet = update_context(*WAIT, agent(3))
    view, _ = after("z", context=fleet)
    assert view.notice == "1: snoozed until it changes"
    assert [each.id for each in fleet.agents(view)] == ["$2", "$3", "$1"]
    assert after("g", "Tab", context=fleet, view=view)[0].selected == "$2"
    alone = after("j", "z", context=fleet, view=view)
    assert after("z", context=update_context())[0].notice == "no agent is selected"
    assert alone[0].snoozed_agents

    back, _ = after("u", context=fleet, view=view)
    assert (back.snoozed, back.notice) == ((), "taken back")
    assert after("u", context=fleet, view=back)[0].notice == "there is nothing to take back"


def test_where_all_who_wait_are_snoozed_nobody_waits():
    view, _ = after("z", "Tab", context=update_context(WAIT[0], agent(3)))
    assert view.notice == "nobody waits for you"


def test_a_snooze_ends_when_its_time_is_over():
    fleet = update_context(*WAIT)
    view, _ = after("z", "z", context=fleet)
    later = attrs.evolve(fleet, now_s=1800.0)
    assert settled(view, fleet).snoozed_agents == {"$1"}
    assert settled(view, later).snoozed_agents == frozenset()


def test_a_stop_that_is_about_to_begin_is_taken_back_and_keeps_the_dashboard():
    view = View(stopping=("a",))
    assert after("u", view=view)[1] == [TakeBack()]
    stays, _ = after("q", view=view)
    assert (stays.leaving, stays.notice) == (False, "not now: a will be stopped in a moment")
