"""A log that is summed up, as JSON: what a reader of a day loads in place of all of its changes.

Times are microseconds since the log began; what a stretch says beside its times stands once for all of an agent
that say the same.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

import attrs

from oma.errors import RecordingError
from oma.model.health import Health
from oma.summary.health_changes import Change
from oma.summary.log_summary import MICROSECOND, AgentPart, LaneTimes, LogSummary
from oma.summary.stretches import StateStretch
from oma.summary.summed_stretches import SummedStretches

FORMAT = "oma-summary"
VERSION = 1

_BY_NAME = {health.value: health for health in Health}
_HEALTHS = {str(number): health for number, health in enumerate(Health)}
_DIGITS = {health: digit for digit, health in _HEALTHS.items()}

_Row = tuple[int, int, int, int, str | None]
"""When a stretch begins, ends, and when its change was; which of the table; what followed."""

_Said = tuple[str, str, str, str, str, str]
"""Of a change: id, kind, project, health, reason, about."""


def encode_summary(summary: LogSummary, of: Sequence[int] = ()) -> bytes:
    """Return the content of a file.

    Args:
        summary: What it tells.
        of: By what it is known whether the file fits the log.
    """
    head = {
        "format": FORMAT,
        "version": VERSION,
        "of": list(of),
        "began": summary.began.isoformat(),
        "ended": summary.ended.isoformat(),
    }
    encoded = [_Encoder(summary.began).part(each) for each in summary.parts]
    lanes = [[each.agent, each.times_us, _digits(each.healths)] for each in summary.lanes]
    return json.dumps(head | {"parts": encoded, "lanes": lanes}, separators=(",", ":")).encode(
        "ascii"
    )


def _digits(healths: Iterable[Health]) -> str:
    return "".join(map(_DIGITS.__getitem__, healths))


@attrs.define
class _Encoder:
    began: datetime
    table: dict[_Said, int] = attrs.Factory(dict)

    def part(self, part: AgentPart) -> dict[str, object]:
        told: dict[str, object] = {"agent": part.agent, "head": self.rows(part.head)}
        summed = part.summed
        if summed is not None and part.last is not None:
            told |= {
                "summed": self.rows([summed.first, summed.last]),
                "lasted": {each: length // MICROSECOND for each, length in summed.lasted.items()},
                "troubles": self.rows(summed.troubles),
                "finished": [self.time(moment) for moment in summed.finished],
                "last": self.rows([part.last]),
            }
        return told | {"table": list(self.table)}

    def rows(self, stretches: Iterable[StateStretch]) -> list[_Row]:
        return list(map(self.row, stretches))

    def row(self, stretch: StateStretch) -> _Row:
        change = stretch.change
        said = change.id, change.kind, change.project, change.health, change.reason, change.about
        number = self.table.setdefault(said, len(self.table))
        start, end = self.time(stretch.start), self.time(stretch.end)
        return start, end, self.time(change.at), number, stretch.became

    def time(self, moment: datetime) -> int:
        return (moment - self.began) // MICROSECOND


def decode_summary(
    data: bytes,
    of: Sequence[int] = (),
    parse: Callable[[bytes], object] = json.loads,
) -> LogSummary:
    """Return the summary that a file holds.

    Args:
        data: Of the file.
        of: As of `encode_summary`.
        parse: Of JSON.

    Raises:
        RecordingError: It holds something else, or does not fit the log.
    """
    try:
        told = cast("dict[str, object]", parse(data))
        _check(told, of)
        began, ended = (datetime.fromisoformat(str(told[key])) for key in ("began", "ended"))
        encoded = cast("list[dict[str, object]]", told["parts"])
        parts = tuple(_Decoder(began, str(each["agent"])).part(each) for each in encoded)
        lanes = tuple(
            LaneTimes(agent, tuple(times), tuple(map(_HEALTHS.__getitem__, digits)))
            for agent, times, digits in cast("list[tuple[str, list[int], str]]", told["lanes"])
        )
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        raise RecordingError("no summary that this version of oma reads") from None
    return LogSummary(began, ended, parts, lanes)


def _check(told: Mapping[str, object], of: Sequence[int]) -> None:
    if (told["format"], told["version"], told["of"]) != (FORMAT, VERSION, list(of)):
        raise ValueError


@attrs.define
class _Decoder:
    began: datetime
    agent: str
    table: list[tuple[Health, _Said]] = attrs.Factory(list)

    def part(self, told: dict[str, object]) -> AgentPart:
        self.table = [(Health(said[3]), said) for said in cast("list[_Said]", told["table"])]
        head = self.stretches(told["head"])
        if "summed" not in told:
            return AgentPart(self.agent, head)
        first, last = self.stretches(told["summed"])
        lasted = cast("dict[str, int]", told["lasted"])
        summed = SummedStretches(
            first,
            last,
            {Health(each): length * MICROSECOND for each, length in lasted.items()},
            self.stretches(told["troubles"]),
            tuple(map(self.moment, cast("list[int]", told["finished"]))),
        )
        return AgentPart(self.agent, head, summed, *self.stretches(told["last"]))

    def stretches(self, rows: object) -> tuple[StateStretch, ...]:
        agent, table, moment = self.agent, self.table, self.moment
        found = []
        for start, end, changed, number, became in cast("list[_Row]", rows):
            health, (id_, kind, project, _, reason, about) = table[number]
            began = moment(start)
            at = began if changed == start else moment(changed)
            change = Change(at, id_, agent, kind, project, health, reason, about)
            then = None if became is None else _BY_NAME[became]
            found.append(StateStretch(began, moment(end), change, then))
        return tuple(found)

    def moment(self, time_us: int) -> datetime:
        return self.began + timedelta(0, 0, time_us)
