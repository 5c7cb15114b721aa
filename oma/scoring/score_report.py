"""Scores as text and as JSON: the tables of `oma score` and `oma profiles test`."""

import math
from collections.abc import Iterable, Sequence

import attrs

from oma.model.health import Health
from oma.model.text_table import text_table
from oma.scoring.score import GETTING_ON, Score, Stretch, quantile
from oma.scoring.score_shapes import (
    FalseAlarmDocument,
    LatencyDocument,
    MistakeDocument,
    ScoreDocument,
)

FALSE_ALARMS = (Health.STUCK, Health.WAITING)
"""The verdicts that call a user; wrong ones are counted."""


@attrs.frozen
class Scored:
    """One recording and its score."""

    name: str
    profile: str | None
    """The one that was forced; `None` where the recording's own facts chose."""
    score: Score


def score_json(scored: Scored) -> ScoreDocument:
    """Return a score as JSON: seconds, and shares from 0 to 1; `null` where nothing is labelled."""
    score = scored.score
    truths = [truth for truth in Health if score.labelled_s((truth,))]
    return {
        "recording": scored.name,
        "profile": scored.profile,
        "labelled_s": _rounded(score.labelled_s()),
        "accuracy": {
            "all": _rounded(score.accuracy()),
            "ok-idle-waiting": _rounded(score.accuracy(GETTING_ON)),
            **{truth.value: _rounded(score.accuracy((truth,))) for truth in truths},
        },
        "confusion_s": {truth: _confusion_json(score, truth) for truth in truths},
        "false_stuck": _false_json(score, Health.STUCK),
        "false_waiting": _false_json(score, Health.WAITING),
        "latency_s": {truth: _latency_json(score.delays_s(truth)) for truth in truths},
        "mistakes": [_mistake_json(stretch) for stretch in score.mistakes()],
    }


def score_text(scored: Scored) -> str:
    """Return a score for a user: confusion table, false alarms, latency, and every mistake."""
    score = scored.score
    verdicts = [v for v in (*Health, None) if any(score.told_s(truth, v) for truth in Health)]
    rows = [
        ("TRUTH", *(_word(v) for v in verdicts), "RIGHT", "LATENCY P50", "P90", "MAX"),
    ]
    for truth in Health:
        if score.labelled_s((truth,)):
            delays_s = score.delays_s(truth)
            rows.append(
                (
                    _word(truth),
                    *(f"{score.told_s(truth, v):.2f} s" for v in verdicts),
                    percent(score.accuracy((truth,))),
                    *(seconds(quantile(delays_s, share)) for share in (0.5, 0.9, 1.0)),
                )
            )
    lines = [
        f"{scored.name}, profile {scored.profile or 'chosen by what it shows'}",
        *text_table(rows),
        f"right: {percent(score.accuracy())} of {score.labelled_s():.1f} s; "
        f"of OK, IDLE and WAITING {percent(score.accuracy(GETTING_ON))}",
    ]
    for verdict in FALSE_ALARMS:
        times, wrong_s = score.false(verdict)
        lines.append(f"false {_word(verdict)}: {times}, {wrong_s:.2f} s")
    lines += [_mistake_text(stretch) for stretch in score.mistakes()]
    return "\n".join(lines)


def summary_rows(scores: Iterable[Scored]) -> list[tuple[str, ...]]:
    """Return one row of cells per score, under a row of headings."""
    rows: list[tuple[str, ...]] = [
        (
            *("RECORDING", "PROFILE", "RIGHT", "OK IDLE WAITING", "STUCK"),
            *("FALSE STUCK", "FALSE WAITING", "WAITING P90"),
        )
    ]
    for scored in scores:
        score = scored.score
        rows.append(
            (
                scored.name,
                scored.profile or "-",
                percent(score.accuracy()),
                _share(score, GETTING_ON),
                _share(score, (Health.STUCK,)),
                *(
                    f"{times}, {wrong_s:.2f} s"
                    for times, wrong_s in map(score.false, FALSE_ALARMS)
                ),
                seconds(quantile(score.delays_s(Health.WAITING), 0.9)),
            )
        )
    return rows


def percent(share: float | None) -> str:
    """Return a share as per cent; never rounded up to 100."""
    if share is None:
        return "-"
    return f"{math.floor(share * 10_000) / 100:.2f} %"


def seconds(value: float | None) -> str:
    """Return a latency for a user; an infinite one never came."""
    if value is None:
        return "-"
    return f"{value:.3f} s" if math.isfinite(value) else "never"


def _share(score: Score, truths: Sequence[Health]) -> str:
    labelled_s = score.labelled_s(truths)
    if not labelled_s:
        return "-"
    return f"{percent(score.accuracy(truths))} of {labelled_s:.1f} s"


def _word(health: Health | None) -> str:
    return "UNKNOWN" if health is None else health.upper()


def _confusion_json(score: Score, truth: Health) -> dict[str, float | None]:
    told: dict[str, float] = {v.value: score.told_s(truth, v) for v in Health}
    told["unknown"] = score.told_s(truth, None)
    return {verdict: _rounded(told_s) for verdict, told_s in told.items() if told_s}


def _false_json(score: Score, verdict: Health) -> FalseAlarmDocument:
    times, wrong_s = score.false(verdict)
    return {"count": times, "seconds": _rounded(wrong_s)}


def _latency_json(delays_s: tuple[float, ...]) -> LatencyDocument:
    return {
        "intervals": len(delays_s),
        "missed": delays_s.count(math.inf),
        "p50": _rounded(quantile(delays_s, 0.5)),
        "p90": _rounded(quantile(delays_s, 0.9)),
        "max": _rounded(quantile(delays_s, 1.0)),
    }


def _mistake_json(stretch: Stretch) -> MistakeDocument:
    return {
        "from": _rounded(stretch.start_s),
        "to": _rounded(stretch.end_s),
        "truth": stretch.truth,
        "verdict": stretch.verdict,
        "rule": stretch.rule,
    }


def _mistake_text(stretch: Stretch) -> str:
    return (
        f"wrong from {stretch.start_s:.3f} to {stretch.end_s:.3f} s ({stretch.duration_s:.3f} s): "
        f"{_word(stretch.truth)} was told to be {_word(stretch.verdict)} by {stretch.rule or '-'}"
    )


def _rounded(value: float | None) -> float | None:
    """Return a number for JSON, which has none that is infinite."""
    return None if value is None or not math.isfinite(value) else round(value, 6)
