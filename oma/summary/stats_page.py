"""Days of agents as a page: time lines, time in each state, and the table, in one HTML file.

The page holds no scripts, fonts or images, so that it can be kept and sent. Names come from agents, and
are escaped.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from html import escape
from xml.etree.ElementTree import Element

from pygal import HorizontalStackedBar
from pygal.style import Style

from oma.model.health import Health
from oma.model.printable import printable
from oma.summary.agent_days import AgentDay
from oma.summary.lengths import length_text
from oma.summary.stats_text import TIMED, stats_cells
from oma.summary.stretches import StateStretch

COLOURS = {
    Health.OK: "#2e9e5b",
    Health.IDLE: "#b7b7b7",
    Health.WAITING: "#2f7fd6",
    Health.STUCK: "#d64545",
    Health.EXITED: "#333333",
}
_NOTHING = "transparent"

FINEST = 2000
"""Of so many parts of the whole time, one is the shortest that is drawn."""

_STYLE = """
body { font: 14px/1.45 system-ui, sans-serif; margin: 2em; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; margin-top: .4em }
td, th { padding: .1em .9em .1em 0; text-align: left; font-size: .9em; white-space: nowrap }
figure { margin: 1em 0; max-width: 70em }
.key span { display: inline-block; width: 1em; height: 1em; margin: 0 .3em 0 1em; vertical-align: -2px }
"""


def stats_page(
    agents: Sequence[Sequence[StateStretch]], days: Sequence[AgentDay], zone: tzinfo | None
) -> str:
    """Return the page.

    Args:
        agents: The stretches of each agent, in order.
        days: The same agents, day by day.
        zone: In which times are told.
    """
    key = "".join(
        f'<span style="background:{colour}"></span>{health.upper()}'
        for health, colour in COLOURS.items()
    )
    head, *rows = stats_cells(days)
    body = "".join(f"<tr>{_cells(row, 'td')}</tr>" for row in rows)
    shown = [stretches for stretches in agents if stretches]
    charts = (_time_lines(shown, zone), _bars(shown, days)) if shown else ()
    figures = "".join(f"<figure>{chart}</figure>" for chart in charts)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>oma: statistics</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>Agents</h1>\n"
        f'<p class="key">{key}</p>\n{figures or "<p>No agent was there.</p>"}\n'
        f"<table><tr>{_cells(head, 'th')}</tr>{body}</table>\n</body>\n</html>\n"
    )


def _time_lines(agents: Sequence[Sequence[StateStretch]], zone: tzinfo | None) -> str:
    start = min(stretches[0].start for stretches in agents)
    end = max(stretches[-1].end for stretches in agents)

    def moment(seconds: float) -> str:
        return _moment(start + timedelta(seconds=seconds), end - start, zone)

    chart = _chart("How each agent was", len(agents), show_legend=False)
    chart.value_formatter = moment
    chart.x_labels = [_name(stretches[-1].change.agent) for stretches in agents]
    bars = [_bars_of(stretches, start, (end - start) / FINEST) for stretches in agents]
    for number in range(max(map(len, bars))):
        nothing = {"value": 0, "color": _NOTHING}
        chart.add("", [each[number] if number < len(each) else nothing for each in bars])
    return _drawn(chart)


def _bars_of(
    stretches: Sequence[StateStretch], start: datetime, finest: timedelta
) -> list[dict[str, object]]:
    """Return the parts of an agent's line, without gaps: their lengths in seconds, and colours."""
    bars: list[dict[str, object]] = []
    at = start
    for stretch in stretches:
        if stretch.end - at < finest:
            continue
        if stretch.start - at >= finest:
            bars.append({"value": (stretch.start - at).total_seconds(), "color": _NOTHING})
            at = stretch.start
        length_s = (stretch.end - at).total_seconds()
        bars.append({"value": length_s, "color": COLOURS[stretch.health]})
        at = stretch.end
    return bars


def _bars(agents: Sequence[Sequence[StateStretch]], days: Sequence[AgentDay]) -> str:
    names = [stretches[-1].change.agent for stretches in agents]
    chart = _chart("Time in each state", len(names), show_legend=False)
    chart.value_formatter = length_text
    chart.x_labels = [_name(name) for name in names]
    for health in TIMED:
        total = dict.fromkeys(names, 0.0)
        for each in days:
            total[each.agent] += each.seconds.get(health, 0.0)
        colour = COLOURS[health]
        chart.add(health.upper(), [{"value": total[name], "color": colour} for name in names])
    return _drawn(chart)


def _chart(title: str, rows: int, **options: object) -> HorizontalStackedBar:
    style = Style(background=_NOTHING, plot_background="#f7f7f7", font_family="sans-serif")
    height = 90 + 24 * max(rows, 1)
    return HorizontalStackedBar(
        title=title, style=style, js=[], width=1000, height=height, stroke=False, **options
    )


def _drawn(chart: HorizontalStackedBar) -> str:
    chart.add_xml_filter(_without_scripts)
    svg: str = chart.render(is_unicode=True, disable_xml_declaration=True)
    return svg


def _without_scripts(root: Element) -> Element:
    """Take the script away in which the library keeps its settings, and with them names of agents."""
    for parent in root.iter():
        for child in [each for each in parent if str(each.tag).endswith("script")]:
            parent.remove(child)
    return root


def _moment(moment: datetime, span: timedelta, zone: tzinfo | None) -> str:
    form = "%H:%M" if span < timedelta(days=1) else "%m-%d %H:%M"
    return f"{moment.astimezone(zone):{form}}"


def _name(name: str) -> str:
    return printable(name)[:40]


def _cells(cells: Sequence[str], tag: str) -> str:
    return "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)
