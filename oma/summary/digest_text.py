"""A digest for a user and for machines; everything that an agent wrote is made printable."""

from datetime import datetime, tzinfo
from operator import attrgetter

from oma.model.health import Health, grounds
from oma.model.printable import printable
from oma.summary.digest import AgentDigest, Digest
from oma.summary.lengths import length_text
from oma.summary.stretches import StateStretch
from oma.summary.summary_shapes import DigestDocument, StretchDocument

MOST_TROUBLES = 50
"""So many waits and failures of an agent are told, the latest ones; of the others how many there were."""

ABOUT_COLUMNS = 100
"""As much of what an agent asked as a line shows."""


def digest_lines(told: Digest, zone: tzinfo | None, prefix: str = "") -> list[str]:
    """Return the lines of a digest: one of numbers, then each agent with its waits and failures.

    Args:
        told: What happened.
        zone: In which times are told.
        prefix: Of the names of agents, which is left out.
    """
    since = _moment(told.since, told.until, zone)
    span = length_text((told.until - told.since).total_seconds())
    lines = [f"Since {since} ({span}): {_numbers(told)}"]
    for agent in told.agents:
        name = agent.agent.removeprefix(prefix) or agent.agent
        lines += ["", _head(name, agent, told, zone)]
        troubles = sorted([*agent.waits, *agent.failures], key=attrgetter("start"))
        if len(troubles) > MOST_TROUBLES:
            lines.append(f"  {len(troubles) - MOST_TROUBLES} more before")
        lines += [_line(each, told, zone) for each in troubles[-MOST_TROUBLES:]]
    return lines


def digest_document(told: Digest) -> DigestDocument:
    """Return a digest for JSON; lengths are in seconds."""
    return {
        "since": _iso(told.since),
        "until": _iso(told.until),
        "agents": [
            {
                "agent": agent.agent,
                "profile": agent.kind,
                "project": agent.project,
                "health": agent.now,
                "worked_s": agent.worked.total_seconds(),
                "waited_s": agent.waited.total_seconds(),
                "waits": [_stretch(each) for each in agent.waits],
                "failures": [_stretch(each) for each in agent.failures],
                "finished": [_iso(moment) for moment in agent.finished],
                "ended": None if agent.ended is None else _stretch(agent.ended),
            }
            for agent in told.agents
        ],
    }


def _numbers(told: Digest) -> str:
    agents = told.agents
    if not agents:
        return "nothing happened"
    waits = sum(len(agent.waits) for agent in agents)
    counts = {
        "worked": sum(bool(agent.worked) for agent in agents),
        "waited": sum(bool(agent.waits) for agent in agents),
        "failed": sum(bool(agent.failures) for agent in agents),
        "finished": sum(bool(agent.finished) for agent in agents),
        "ended": sum(agent.ended is not None for agent in agents),
    }
    words = [f"{count} {word}" for word, count in counts.items() if count]
    times = f", {waits} wait{'s' if waits != 1 else ''} in all" if waits else ""
    return f"{len(agents)} agent{'s' if len(agents) != 1 else ''}: {', '.join(words)}{times}"


def _head(name: str, agent: AgentDigest, told: Digest, zone: tzinfo | None) -> str:
    words = [printable(name), agent.now.upper(), agent.kind]
    if agent.worked:
        words.append(f"worked {length_text(agent.worked.total_seconds())}")
    if agent.waits:
        words.append(f"waited {length_text(agent.waited.total_seconds())}")
    if agent.finished:
        words.append(f"finished {_moment(agent.finished[-1], told.until, zone)}")
    if agent.ended is not None:
        at = _moment(agent.ended.start, told.until, zone)
        words.append(f"ended {at}: {printable(agent.ended.change.about)}")
    return "  ".join(filter(None, words))


def _line(stretch: StateStretch, told: Digest, zone: tzinfo | None) -> str:
    what = "waits" if stretch.health is Health.WAITING else "stuck"
    length = length_text(stretch.lasted.total_seconds())
    stands = stretch.became is None and stretch.end == told.until
    about = printable(grounds(stretch.change.reason, stretch.change.about))
    if len(about) > ABOUT_COLUMNS:
        about = f"{about[: ABOUT_COLUMNS - 1]}…"
    until = " until now" if stands else ""
    return f"  {_moment(stretch.start, told.until, zone)}  {what} {length}{until}  {about}"


def _moment(moment: datetime, today: datetime, zone: tzinfo | None) -> str:
    local, now = moment.astimezone(zone), today.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%Y-%m-%d %H:%M}"


def _stretch(stretch: StateStretch) -> StretchDocument:
    return {
        "at": _iso(stretch.start),
        "lasted_s": stretch.lasted.total_seconds(),
        "reason": stretch.change.reason,
        "about": stretch.change.about,
        "became": stretch.became,
    }


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
