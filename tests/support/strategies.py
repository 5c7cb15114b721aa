"""Hypothesis strategies: every event, records, and logs as a store would write them."""

from hypothesis import strategies as st

from oma.model import events as ev
from oma.model.events import Event, Record
from oma.model.ids import PaneId, SessionId, WindowId
from oma.model.pane_sampled import PaneSampled
from oma.model.standing import AgentsStand, ChangesTold, PastChange, StandingAgent, WatchBegan
from oma.model.status_file import StatusFileRead

MAX_MICROSECONDS = 10**12
"""Eleven days: longer than any log that was seen."""

# psutil and the command line give bytes that are not UTF-8 as lone low surrogates.
_UNDECODED = st.sampled_from(["\udc80", "\udced", "\udcff"])
_TELLING = st.sampled_from(
    ["\u2028", "\x00", "\x1b[31m", "\n", "\r", '"', "\\udc80", "\U0001f916"]
)


def texts() -> st.SearchStrategy[str]:
    """Strings as titles, names and arguments hold them, hostile ones too."""
    return st.lists(st.text(max_size=4) | _UNDECODED | _TELLING, max_size=4).map("".join)


def data() -> st.SearchStrategy[bytes]:
    """What a program may write: UTF-8, and any bytes."""
    return st.text(max_size=12).map(str.encode) | st.binary(max_size=12)


def panes() -> st.SearchStrategy[PaneId]:
    return st.integers(0, 99).map(lambda number: PaneId(f"%{number}"))


def sessions() -> st.SearchStrategy[SessionId]:
    return st.integers(0, 99).map(lambda number: SessionId(f"${number}"))


def windows() -> st.SearchStrategy[WindowId]:
    return st.integers(0, 99).map(lambda number: WindowId(f"@{number}"))


def _numbers() -> st.SearchStrategy[float]:
    return st.floats(0, 1e9)


def _cells() -> st.SearchStrategy[int]:
    return st.integers(1, 10_000)


def samples() -> st.SearchStrategy[ev.ProcessSample]:
    return st.builds(
        ev.ProcessSample,
        pane=panes(),
        argv=st.lists(texts(), max_size=3).map(tuple),
        children=st.integers(0, 50),
        cpu_percent=st.none() | _numbers(),
        rss_bytes=st.integers(0, 2**50),
        pid=st.integers(0, 2**22),
    )


def pane_seens() -> st.SearchStrategy[ev.PaneSeen]:
    return st.builds(
        ev.PaneSeen,
        pane=panes(),
        session=sessions(),
        window=windows(),
        pid=st.integers(1, 2**22),
        command=texts(),
        title=texts(),
        cwd=texts(),
        columns=_cells(),
        rows=_cells(),
        dead=st.booleans(),
        dead_status=st.none() | st.integers(0, 255),
        idle_s=st.none() | _numbers(),
        window_index=st.none() | st.integers(0, 1000),
        pane_index=st.none() | st.integers(0, 1000),
        window_name=texts(),
        label=texts(),
    )


def unknowns() -> st.SearchStrategy[ev.Unknown]:
    """Records from a version to come: any tag and fields that no known record has."""
    values = st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts(),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts(), inner, max_size=2),
        max_leaves=4,
    )
    names = texts().filter(lambda name: name not in {"seq", "t", "type"})
    return st.builds(
        ev.Unknown,
        tag=texts().map("later-{}".format),
        fields=st.dictionaries(names, values, max_size=3),
    )


def standing_agents() -> st.SearchStrategy[StandingAgent]:
    return st.builds(
        StandingAgent,
        agent=panes() | sessions(),
        session=sessions(),
        session_name=texts(),
        name=texts(),
        panes=st.lists(panes(), max_size=2).map(tuple),
        health=st.none() | texts(),
        reason=texts(),
        rule=texts(),
        evidence=texts(),
        since_s=st.none() | _numbers(),
        memory=st.dictionaries(texts(), texts() | st.integers(0, 2**50), max_size=2),
    )


def past_changes() -> st.SearchStrategy[PastChange]:
    return st.builds(
        PastChange,
        agent=panes() | sessions(),
        name=texts(),
        place=texts(),
        ago_s=_numbers(),
        source=st.none() | texts(),
        health=texts(),
        reason=texts(),
        rule=texts(),
        evidence=texts(),
        since_s=_numbers(),
    )


BY_CLASS = {
    ev.ServerConnected: st.builds(ev.ServerConnected, tmux=texts()),
    ev.ServerLost: st.builds(ev.ServerLost, reason=texts()),
    ev.ConnectionLost: st.builds(
        ev.ConnectionLost, session=st.none() | sessions(), reason=texts()
    ),
    ev.SessionOpened: st.builds(
        ev.SessionOpened,
        session=sessions(),
        name=texts(),
        unwatchable=st.none() | texts(),
        is_agent=st.booleans(),
    ),
    ev.SessionRenamed: st.builds(ev.SessionRenamed, session=sessions(), name=texts()),
    ev.SessionClosed: st.builds(ev.SessionClosed, session=sessions(), renamed=st.none() | texts()),
    ev.AgentFound: st.builds(
        ev.AgentFound, pane=panes(), profile=texts(), way=texts(), evidence=texts(), name=texts()
    ),
    ev.AgentEnded: st.builds(ev.AgentEnded, pane=panes()),
    ev.PaneSeen: pane_seens(),
    ev.CheckoutSeen: st.builds(ev.CheckoutSeen, pane=panes(), project=texts(), branch=texts()),
    StatusFileRead: st.builds(
        StatusFileRead,
        pane=panes(),
        pid=st.integers(1, 2**22),
        state=texts(),
        detail=texts(),
        age_s=st.floats(0, 1e6).map(lambda x: round(x, 3)),
    ),
    ev.PaneClosed: st.builds(ev.PaneClosed, pane=panes()),
    ev.PaneResized: st.builds(ev.PaneResized, pane=panes(), columns=_cells(), rows=_cells()),
    ev.PaneCaptured: st.builds(
        ev.PaneCaptured,
        pane=panes(),
        columns=_cells(),
        rows=_cells(),
        cursor_column=st.integers(0, 300),
        cursor_row=st.integers(0, 100),
        alternate=st.booleans(),
        data=data(),
        exact=st.booleans(),
    ),
    ev.PaneOutput: st.builds(ev.PaneOutput, pane=panes(), data=data()),
    ev.ScreenFailed: st.builds(ev.ScreenFailed, pane=panes(), reason=texts()),
    PaneSampled: st.builds(PaneSampled, pane=panes(), reason=texts()),
    ev.OutputLost: st.builds(ev.OutputLost, pane=panes(), reason=texts()),
    ev.ProcessesSampled: st.builds(
        ev.ProcessesSampled, samples=st.lists(samples(), max_size=3).map(tuple)
    ),
    ev.CommandSent: st.builds(
        ev.CommandSent, command=texts(), pane=st.none() | panes(), text=texts(), by=texts()
    ),
    ev.PlacementDecided: st.builds(
        ev.PlacementDecided,
        action=texts(),
        window=windows(),
        session=st.none() | sessions(),
        pane=st.none() | panes(),
        reason=texts(),
    ),
    ev.TimePassed: st.just(ev.TimePassed()),
    WatchBegan: st.builds(WatchBegan, restored=st.booleans()),
    ChangesTold: st.builds(ChangesTold, changes=st.lists(past_changes(), max_size=2).map(tuple)),
    AgentsStand: st.builds(AgentsStand, agents=st.lists(standing_agents(), max_size=2).map(tuple)),
    ev.MonitorStopped: st.builds(ev.MonitorStopped, reason=texts()),
    ev.Unknown: unknowns(),
}
"""One strategy per member of `Event`."""


def events() -> st.SearchStrategy[Event]:
    """Any event."""
    return st.one_of(*BY_CLASS.values())


def times() -> st.SearchStrategy[float]:
    """Seconds in whole microseconds."""
    return st.integers(0, MAX_MICROSECONDS).map(lambda microseconds: microseconds / 1e6)


def records() -> st.SearchStrategy[Record]:
    """One record on its own."""
    return st.builds(Record, seq=st.integers(1, 2**53), t=times(), event=events())


def logs(max_size: int = 12) -> st.SearchStrategy[tuple[Record, ...]]:
    """Records as a store writes them: `seq` from 1 without holes, `t` never going back."""
    steps = st.tuples(st.integers(0, 10**9), events())
    return st.lists(steps, max_size=max_size).map(_stamp)


def _stamp(steps: list[tuple[int, Event]]) -> tuple[Record, ...]:
    records, microseconds = [], 0
    for seq, (step, event) in enumerate(steps, start=1):
        microseconds += step
        records.append(Record(seq, microseconds / 1e6, event))
    return tuple(records)
