"""The agents of machines that publish them, as far as what they published has come here.

Each host judges its own agents: nothing is folded here. Whether a host, or what carries its news, is reached
is no news of its agents: they stay as they were.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, groupby
from operator import is_not

import attrs

from oma.model.events import Record
from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.hosts import Link, LinkState, host_of, told_on_host
from oma.model.ids import AgentId
from oma.model.publication import HostDescription, PublishedPiece, Told
from oma.model.state import AgentState, FleetState
from oma.screen.styled import StyledRows
from oma.store.hosts_view import FleetNews, Runs
from oma.store.opened_logs import OpenedLogs
from oma.store.published_host import PublishedHost, stand_in, told_at_our_clock
from oma.store.store import Store

LOST_S = 15.0
"""A host is lost of which nothing has come for so long; each says every five seconds that it lives."""

MOST_HOSTS = 2000

SILENT = f"nothing has come from it for {LOST_S:.0f} seconds"
"""Why a host is lost."""


@attrs.define
class PublishedHosts:
    """All hosts that publish on one engine. A `HostsView`.

    Args:
        clock: Seconds since anything began; the times of all hosts are those of this clock.
        engine: What it is called.
    """

    clock: Callable[[], float]
    engine: str
    told: list[Callable[[FleetNews], None]] = attrs.Factory(list)
    hosts: dict[str, PublishedHost] = attrs.Factory(dict)
    _together: tuple[list[tuple[AgentState, ...]], tuple[AgentState, ...]] = ([], ())
    """The agents of each host, and of all, as they were put together last."""
    opened: OpenedLogs = attrs.Factory(OpenedLogs)
    engine_link: Link = attrs.Factory(lambda self: Link(self.engine), takes_self=True)

    @property
    def links(self) -> Mapping[str, Link]:
        """How each host is reached."""
        return {name: each.link for name, each in self.hosts.items()}

    @property
    def state(self) -> FleetState:
        """The agents of all hosts; those of a host that is lost, or of all where the engine is, as they were."""
        now_s, reaches = self.clock(), self.engine_link.is_live
        hosts = sorted(self.hosts.items())
        lost = (
            [n for n, each in hosts if each.link.state is LinkState.LOST]
            if reaches
            else [self.engine]
        )
        return FleetState(
            seq=sum(each.n for each in self.hosts.values()),
            t=now_s,
            tmux=next((each.tmux for _, each in hosts if each.tmux), None),
            agents=self._agents([each.as_shown or self._shown(each, now_s) for _, each in hosts]),
            unreached=tuple(lost) if self.engine_link.state is not LinkState.CONNECTING else (),
        )

    def agent(self, agent_id: AgentId | None) -> AgentState | None:
        """Return the agent of this id among those of all hosts; `None` if there is none."""
        host = None if agent_id is None else self.hosts.get(host_of(agent_id)[1])
        shown = () if host is None else self._shown(host, self.clock())
        return next((each for each in shown if each.id == agent_id), None)

    def engine_reached(self) -> None:
        """Note that the engine answers; of each host it is to be said anew whether it lives."""
        now_s = self.clock()
        for each in self.hosts.values():
            each.heard_s = now_s
        self._engine(LinkState.LIVE, "")

    def engine_lost(self, words: str) -> None:
        """Note that the engine does not answer, and why."""
        was = self.engine_link.state in (LinkState.LIVE, LinkState.LOST)
        self._engine(LinkState.LOST if was else LinkState.UNREACHED, words)

    def has_room(self, host: str) -> bool:
        """Say whether news of a host is taken; there may be too many."""
        return host in self.hosts or len(self.hosts) < MOST_HOSTS

    def last_told(self, host: str) -> tuple[int, int] | None:
        """Return boot and number of the last change that was taken of a host; `None` for one that is new."""
        known = self.hosts.get(host)
        return None if known is None or known.boot == 0 else (known.boot, known.told)

    def read(
        self,
        host: str,
        description: HostDescription,
        alive_t: float | None,
        agents: Sequence[AgentState],
        told: Sequence[Told],
    ) -> None:
        """Take all that the engine holds of a host.

        Args:
            host: Its name.
            description: Of its publisher.
            alive_t: When it said last that it lives, in seconds of its log; `None` where that is long ago.
            agents: All of them.
            told: The changes after `last_told`.
        """
        now_s, known = self.clock(), self._known(host)
        boot, is_new = description.boot, known.boot == 0
        if boot < known.boot:
            return
        known.tmux = description.tmux or None
        if is_new:
            known.boot, known.told = boot, description.told
            transitions = [_found(each, description.t) for each in agents if _is_told(each)]
        else:
            if boot > known.boot:
                known.lose_sight(now_s)
            transitions = known.take_told(told)
            known.end_told(boot, description.told)
        known.hear(now_s, description.t if alive_t is None else alive_t)
        known.change(PublishedPiece(boot, description.n, description.t, tuple(agents), whole=True))
        if alive_t is not None:
            self._live(known)
        elif description.stopped:
            self._link(known, LinkState.STOPPED, "")
        else:
            self._link(known, LinkState.LOST, SILENT)
        self._say(known, transitions)

    def take(self, host: str, piece: PublishedPiece) -> bool:
        """Take the next piece of a host; `False` where one before it is missing: it has to be read."""
        now_s, known = self.clock(), self._known(host)
        if (piece.boot, piece.n) < (known.boot, known.n):
            return True
        if piece.boot > known.boot:
            if piece.n != 1 or not piece.whole:
                return False
            known.lose_sight(now_s)
        elif piece.n > known.n and not known.follows(piece):
            return False
        known.hear(now_s, piece.t)
        transitions = []
        if (piece.boot, piece.n) > (known.boot, known.n):
            known.change(piece)
            transitions = known.take_told(piece.told)
            known.end_told(piece.boot, 0)
        if piece.stopped:
            self._link(known, LinkState.STOPPED, "")
        else:
            self._live(known)
        self._say(known, transitions)
        ended = tuple(told_on_host(each, host) for each in known.settle(now_s))
        if ended:
            self._tell(FleetNews(host, None, ended, ended))
        return True

    def refuse(self, host: str, words: str) -> None:
        """Note that what a host publishes cannot be read."""
        self._link(self._known(host), LinkState.LOST, words)

    def pass_time(self) -> None:
        """Note which hosts have said nothing for too long, by what has come until now."""
        now_s = self.clock()
        for each in self.hosts.values():
            if each.link.is_live and now_s - each.heard_s > LOST_S:
                self._link(each, LinkState.LOST, SILENT)

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen, of its host's log, for which this asks; else what is known."""
        own, name = host_of(agent)
        host = self.hosts.get(name)
        known = None if host is None else host.agents.get(AgentId(own))
        if known is None:
            return None
        self.opened.ask(name, self.clock())
        rows = self.opened.styled_rows(name, AgentId(own), most_rows)
        return stand_in(known)[-most_rows:] if rows is None else rows

    def explain(self, name: str) -> Explanation | None:
        """Return why an agent is as it is, where the log of its host was read, for which this asks."""
        host, _, own = name.partition("/")
        if host not in self.hosts:
            return None
        self.opened.ask(host, self.clock())
        return self.opened.explain(host, own)

    def asked_for(self) -> Sequence[str]:
        """Return the hosts whose logs are to be read: somebody looks at one of their agents."""
        return self.opened.asked_for(self.clock())

    def past(self, host: str) -> Runs:
        """Return how its agents changed before, as far as that was read yet, for which this asks."""
        self.opened.ask(host, self.clock())
        return self.opened.pasts.get(host, ())

    def lacks_past(self, host: str) -> bool:
        """Say whether the past of a host is to be read that is asked for."""
        return host not in self.opened.pasts

    def take_past(self, host: str, told: Iterable[Told]) -> None:
        """Take all changes that are held of a host, the oldest first."""
        known = self._known(host)
        self.opened.pasts[host] = [
            [
                told_on_host(told_at_our_clock(each.change, known.began_s(boot)), host)
                for each in run
            ]
            for boot, run in groupby(told, key=lambda each: each.boot)
        ]
        self._tell(FleetNews(host, None))

    def begin_log(self, host: str, store: Store | None) -> None:
        """Take what comes of a host as a log that begins now; `None` is a log that cannot be read."""
        self.opened.begin(host, store)

    def take_log(self, host: str, record: Record) -> None:
        """Take the next record of a host's log."""
        self.opened.take(host, record)
        self._tell(FleetNews(host, record.event))

    def _shown(self, host: PublishedHost, now_s: float) -> tuple[AgentState, ...]:
        reaches = self.engine_link.is_live
        return host.shown(host.link if reaches else _lost(host.link), now_s)

    def _agents(self, shown: list[tuple[AgentState, ...]]) -> tuple[AgentState, ...]:
        """Return all of them; the same tuple for as long as it has the same members."""
        before, _ = self._together
        if len(before) != len(shown) or any(map(is_not, before, shown)):
            self._together = shown, tuple(chain.from_iterable(shown))
        return self._together[1]

    def _known(self, host: str) -> PublishedHost:
        if host not in self.hosts:
            self.hosts[host] = PublishedHost(Link(host))
        return self.hosts[host]

    def _live(self, known: PublishedHost) -> None:
        if known.missing:
            words, known.missing = f"{known.missing} changes are missing", 0
            self._link(known, LinkState.LIVE, words)
        elif not known.link.is_live:
            self._link(known, LinkState.LIVE, "")

    def _link(self, known: PublishedHost, state: LinkState, words: str) -> None:
        link = known.link
        since_s = self.clock() if state is not link.state else link.since_s
        if (state, words) == (link.state, link.words):
            return
        known.set_link(Link(link.host, state, since_s, words))
        if link.state is not LinkState.CONNECTING or state is not LinkState.LIVE:
            self._tell(FleetNews(link.host, None, link=known.link))

    def _engine(self, state: LinkState, words: str) -> None:
        link = self.engine_link
        if (state, words) == (link.state, link.words):
            return
        self.engine_link = Link(self.engine, state, self.clock(), words)
        for each in self.hosts.values():
            each.set_link(each.link)
        self._tell(FleetNews(self.engine, None, link=self.engine_link))

    def _say(self, known: PublishedHost, transitions: Sequence[Transition]) -> None:
        host, offset_s = known.link.host, known.offset_s
        ours = [told_on_host(told_at_our_clock(each, offset_s), host) for each in transitions]
        own = [told_on_host(each, host) for each in transitions]
        self._tell(FleetNews(host, None, tuple(ours), tuple(own)))

    def _tell(self, news: FleetNews) -> None:
        for told in self.told:
            told(news)


def _lost(link: Link) -> Link:
    """Return how a host is reached while the engine is not."""
    return attrs.evolve(link, state=LinkState.LOST)


def _is_told(agent: AgentState) -> bool:
    """Say whether a verdict on an agent was told: not while it has only been found."""
    return not agent.gone and agent.verdict.reason != "unseen"


def _found(agent: AgentState, t: float) -> Transition:
    return Transition(t, 0, agent.name, None, agent.verdict, agent.id, agent.place)
