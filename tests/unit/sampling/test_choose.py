import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.sampling.choose import (
    GIVE_AFTER_S,
    GIVEN_AT_ONCE,
    SETTLE_S,
    SILENT_S,
    STEADY_S,
    Candidate,
    Limits,
    Load,
    begins_sampled,
    checks_per_s,
    choose_sampled,
)

LIMITS = Limits()


def working(number, **facts):
    """A session whose agent has worked for a minute, ten frames a second."""
    known = {"outputs_per_s": 10.0, "steady_s": 60.0, "silent_s": 0.1}
    return Candidate(f"${number}", **(known | facts))


def fleet(count, **facts):
    return [working(number, **facts) for number in range(count)]


WAITS = {"steady_s": 0.0, "needs_client": True}
NEW = {"steady_s": STEADY_S - 1}
SILENT = {"outputs_per_s": 0.0, "silent_s": SILENT_S}
RESTS = {"outputs_per_s": 0.0, "silent_s": SILENT_S - 1}
SAMPLED = {"sampled_s": 60.0}
FOUND = {"sampled_s": 1.0, "steady_s": 1.0}
SLOW, FAST, FAIR = {"answer_ms": 40.0}, {"answer_ms": 2.0}, {"answer_ms": 8.0}


@pytest.mark.parametrize(
    ("what", "sessions", "load", "sampled"),
    [
        ("nobody is watched", [], {}, 0),
        ("few agents work", fleet(40), FAST, 0),
        ("few agents work, and the machine is slow", fleet(20), SLOW, 0),
        ("a hundred work", fleet(100), FAST, 87),
        ("a hundred work, of which some are new", fleet(50) + fleet(50, **NEW), FAST, 82),
        ("all wait", fleet(300, **WAITS), SLOW, 0),
        ("all have rested for a moment", fleet(300, **RESTS), FAST, 0),
        ("all have been silent for minutes", fleet(20, **SILENT), FAST, 20),
        ("they have, and are sampled already", fleet(20, **SILENT | SAMPLED), FAST, 20),
        ("they have, and wait", fleet(20, **SILENT | WAITS), FAST, 0),
        ("tmux is slow, which fifty agents may cause", fleet(50), SLOW, 20),
        ("it is, and clients were taken off a moment ago", fleet(50), SLOW | {"changed_s": 1.0}, 0),
        ("it is as slow without clients", fleet(50), SLOW | {"unwatched_ms": 30.0}, 0),
        ("there is room for one more, and for no two at once", fleet(40, **SAMPLED), FAST, 35),
        ("there is room for some, of which eight come back at once", fleet(100, **SAMPLED), FAST, 92),
        ("there is no room", fleet(200, **SAMPLED), FAST, 197),
        ("all were found a moment ago, and rest", fleet(200, **FOUND | RESTS), FAST, 192),
        ("they were, and are silent", fleet(200, **FOUND | SILENT | {"steady_s": SILENT_S}), FAST, 200),
        ("they were, and work", fleet(200, **FOUND), FAST, 195),
        ("they were, and wait", fleet(200, **FOUND | WAITS), FAST, 192),
        ("there would be, were answers fast", fleet(40, **SAMPLED), FAIR, 40),
        ("there is, and one of them waits", [working(0, **SAMPLED | WAITS)], FAIR, 0),
        ("one of them changed", [working(0, **SAMPLED | NEW)], FAIR, 0),
        ("one of them changed, and there is no room", [*fleet(99), working(99, **SAMPLED | NEW)], FAST, 87),
        ("it has only been sampled for a moment", [working(0, sampled_s=1.0)], FAST, 1),
    ],
)  # fmt: skip
def test_who_is_sampled(what, sessions, load, sampled):
    sessions = [attrs.evolve(each, session=f"${at}") for at, each in enumerate(sessions)]

    assert len(choose_sampled(LIMITS, Load(len(sessions), **load), sessions)) == sampled, what


def test_the_steadiest_are_taken_first_and_the_silent_before_them():
    sessions = [working(1, steady_s=20.0), working(2, steady_s=90.0), working(3, **SILENT)]
    just_too_many = checks_per_s(100, sessions[:2], sessions) - 1

    chosen = choose_sampled(Limits(most_checks_per_s=just_too_many), Load(100), sessions)

    assert chosen == {"$3", "$2"}


def test_a_budget_without_end_takes_no_client_off():
    assert (
        choose_sampled(Limits(answer_ms=60_000), Load(300, answer_ms=900.0), fleet(300)) == set()
    )


def test_without_a_budget_every_agent_that_needs_no_client_is_sampled():
    sessions = [working(1), working(2, **WAITS), working(3, **SILENT), working(4, steady_s=1.0)]

    assert choose_sampled(Limits(answer_ms=0), Load(4), sessions) == {"$1", "$3"}


def test_one_that_changed_has_the_client_of_a_steady_one_where_there_is_no_room_for_both():
    steady = [working(number) for number in range(4)]
    sessions = [
        *steady,
        working(4, **SAMPLED | NEW),
        working(5, **SAMPLED | NEW | {"steady_s": 1.0}),
    ]
    most = checks_per_s(200, steady, sessions) * 4 / 3

    chosen = choose_sampled(Limits(most_checks_per_s=most), Load(200, **FAST), sessions)

    assert chosen == {"$0", "$1"}


def test_who_changed_last_comes_first_and_who_waits_before_them():
    sessions = [working(number, **SAMPLED, steady_s=number / 10) for number in range(20)]
    sessions += [working(20, **SAMPLED | WAITS)]

    chosen = choose_sampled(Limits(answer_ms=100), Load(21, **FAST), sessions)

    back = {each.session for each in sessions} - chosen
    assert back == {f"${number}" for number in (20, *range(GIVEN_AT_ONCE - 1))}


@pytest.mark.parametrize(
    ("what", "panes", "found", "clients"),
    [
        ("a few agents", 10, 10, 10),
        ("fifty agents", 50, 50, 50),
        ("a few more", 60, 60, 46),
        ("two hundred", 200, 200, 7),
        ("three hundred", 300, 300, 3),
        ("one among two thousand shells", 2000, 1, 1),
    ],
)
def test_how_many_have_a_client_from_the_start(what, panes, found, clients):
    assert begun(LIMITS, panes, found) == clients, what


def test_without_a_budget_no_more_have_a_client_from_the_start_and_with_one_without_end_all():
    assert begun(Limits(answer_ms=0), 300, 300) == 3
    assert begun(Limits(answer_ms=60_000), 300, 300) == 300


def begun(limits, panes, found):
    clients = 0
    for _ in range(found):
        clients += not begins_sampled(limits, panes, found, clients)
    return clients


@attrs.define
class Server:
    """A tmux server whose answers take the longer the more clients ask about its panes."""

    agents: int
    base_ms: float
    checks_per_ms: float
    now_s: float = 0.0
    changed_s: float = 0.0
    since_s: dict = attrs.Factory(dict)
    """Of every session that is sampled."""
    most_checks_per_s: float = 0.0
    changes: list = attrs.Factory(list)
    """When who changed."""

    def begin(self):
        """Find all agents at once."""
        for number in range(self.agents):
            clients = number - len(self.since_s)
            if begins_sampled(LIMITS, self.agents, self.agents, clients):
                self.since_s[f"${number}"] = self.now_s

    def candidates(self):
        return [
            working(number, steady_s=self.now_s, sampled_s=self.sampled_s(f"${number}"))
            for number in range(self.agents)
        ]

    def sampled_s(self, session):
        return self.now_s - self.since_s[session] if session in self.since_s else None

    def answer_ms(self, candidates):
        followed = [each for each in candidates if each.sampled_s is None]
        return self.base_ms + checks_per_s(self.agents, followed, candidates) / self.checks_per_ms

    def live(self, seconds):
        for _ in range(seconds):
            self.now_s += 1.0
            candidates = self.candidates()
            followed = [each for each in candidates if each.sampled_s is None]
            checks = checks_per_s(self.agents, followed, candidates)
            self.most_checks_per_s = max(checks, self.most_checks_per_s)
            load = Load(
                panes=self.agents,
                answer_ms=self.answer_ms(candidates),
                unwatched_ms=self.base_ms,
                changed_s=self.now_s - self.changed_s,
            )
            wanted = choose_sampled(LIMITS, load, candidates)
            for session in wanted ^ self.since_s.keys():
                self.changes.append((self.now_s, session))
                self.changed_s = self.now_s
            self.since_s = {s: self.since_s.get(s, self.now_s) for s in wanted}


@settings(max_examples=10, deadline=None)
@given(
    agents=st.integers(1, 80),
    base_ms=st.floats(1, 30),
    checks_per_ms=st.floats(2e4, 2e6),
)
def test_tmux_is_kept_fast_and_nobody_goes_back_and_forth(agents, base_ms, checks_per_ms):
    server = Server(agents, base_ms, checks_per_ms)
    server.live(60)
    candidates = server.candidates()
    followed = [each for each in candidates if each.sampled_s is None]
    checks = checks_per_s(agents, followed, candidates)

    assert checks <= LIMITS.most_checks_per_s
    slow = server.answer_ms(candidates) > max(LIMITS.answer_ms, 2 * base_ms)
    assert not (slow and checks >= 500_000)

    server.changes.clear()
    server.live(40)

    flips = [session for _, session in server.changes]
    assert all(flips.count(session) <= 2 for session in flips)


@settings(max_examples=10, deadline=None)
@given(agents=st.integers(1, 120), base_ms=st.floats(1, 30))
def test_agents_that_are_found_at_once_cost_no_more_at_any_time(agents, base_ms):
    server = Server(agents, base_ms, 1e6)
    server.begin()
    server.live(60)

    assert server.most_checks_per_s <= LIMITS.most_checks_per_s
    server.changes.clear()
    server.live(40)
    flips = [session for _, session in server.changes]
    assert all(flips.count(session) <= 2 for session in flips)


def test_an_agent_that_begins_to_ask_has_its_client_back_at_once():
    server = Server(100, 2.0, 1e6)
    server.live(30)
    sampled = min(server.since_s)
    candidates = [
        attrs.evolve(each, **WAITS) if each.session == sampled else each
        for each in server.candidates()
    ]

    wanted = choose_sampled(LIMITS, Load(100, changed_s=0.0), candidates)

    assert sampled not in wanted
    assert GIVE_AFTER_S > SETTLE_S
