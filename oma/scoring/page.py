"""A page of scores: for each recording a time line of truth above one of verdicts, in HTML.

The page is one file without scripts, fonts or images, so that it can be kept and sent. Labels come
from recordings and truth files, and are escaped.
"""

from collections.abc import Iterable
from html import escape

from oma.model.health import Health
from oma.scoring.score import Score, Stretch

_COLOURS = {
    Health.OK: "#2e9e5b",
    Health.IDLE: "#b7b7b7",
    Health.WAITING: "#2f7fd6",
    Health.STUCK: "#d64545",
    Health.EXITED: "#333333",
    None: "#ffffff",
}
_WIDTH = 1000
_BAR = 18

_STYLE = """
body { font: 14px/1.45 system-ui, sans-serif; margin: 2em; color: #1a1a1a; background: #fff }
h2 { font-size: 1em; margin: 1.6em 0 .3em }
svg { display: block; max-width: 100%; background: #f3f3f3 }
table { border-collapse: collapse; margin-top: .4em }
td, th { padding: .1em .9em .1em 0; text-align: left; font-size: .9em }
.key span { display: inline-block; width: 1em; height: 1em; margin: 0 .3em 0 1em; vertical-align: -2px;
  border: 1px solid #888 }
"""


def page(scores: Iterable[tuple[str, Score]]) -> str:
    """Return the page of `scores`, each with the label of its recording."""
    colours = "".join(
        f'<span style="background:{colour}"></span>{_name(health)}'
        for health, colour in _COLOURS.items()
    )
    parts = "\n".join(_part(label, score) for label, score in scores)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>oma: scores</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>Truth and verdicts</h1>\n"
        "<p>The upper line is the truth, the lower one what was told. Time that is not labelled is "
        f'left out of both.</p>\n<p class="key">{colours}</p>\n{parts}\n</body>\n</html>\n'
    )


def _part(label: str, score: Score) -> str:
    share = score.accuracy()
    right = "nothing is labelled" if share is None else f"{100 * share:.2f} % right"
    end_s = max((stretch.end_s for stretch in score.stretches), default=0.0)
    return f"<h2>{escape(label)}: {right}</h2>\n{_time_line(score, end_s)}{_mistakes(score)}"


def _time_line(score: Score, end_s: float) -> str:
    scale = _WIDTH / end_s if end_s else 0.0
    bars = "".join(
        _bar(stretch, health, row, scale)
        for stretch in score.stretches
        for row, health in enumerate((stretch.truth, stretch.verdict))
    )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {2 * _BAR + 2}" width="{_WIDTH}" role="img" '
        f'aria-label="truth above verdicts, {end_s:.1f} s">{bars}</svg>\n'
    )


def _bar(stretch: Stretch, health: Health | None, row: int, scale: float) -> str:
    told = f"{stretch.start_s:.2f} to {stretch.end_s:.2f} s: {_name(health)}"
    if row:
        told += f" ({stretch.rule})"
    return (
        f'<rect x="{stretch.start_s * scale:.2f}" y="{row * (_BAR + 2)}" '
        f'width="{max(stretch.duration_s * scale, 0.5):.2f}" height="{_BAR}" '
        f'fill="{_COLOURS[health]}"><title>{escape(told)}</title></rect>'
    )


def _mistakes(score: Score) -> str:
    mistakes = score.mistakes()
    if not mistakes:
        return ""
    rows = "".join(
        f"<tr><td>{wrong.start_s:.2f}</td><td>{wrong.end_s:.2f}</td><td>{_name(wrong.truth)}</td>"
        f"<td>{_name(wrong.verdict)}</td><td>{escape(wrong.rule)}</td></tr>"
        for wrong in mistakes
    )
    head = "<tr><th>from, s</th><th>to, s</th><th>truth</th><th>told</th><th>rule</th></tr>"
    return f"<table>{head}{rows}</table>\n"


def _name(health: Health | None) -> str:
    return "not known" if health is None else health.value.upper()
