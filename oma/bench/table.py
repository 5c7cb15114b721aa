"""The results as a text for a user: figures, their spread, and the ratios that outlive a machine."""

from collections.abc import Iterator, Sequence

from oma.bench.figures import Spread, ratio
from oma.bench.results import Cost, Detection, Results


def table(results: Results) -> str:
    """Return the whole text, with a newline at its end."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterator[str]:
    machine = results.machine
    yield f"oma {machine.oma}, tmux {machine.tmux}, Python {machine.python}"
    yield f"{machine.cpu}, {machine.cores} cores, {machine.system}"
    yield f"load before the run {machine.load:.2f}; the run took {results.took_s:.0f} s"
    yield ""
    yield from _detection(results.detection)
    for agents, frames in dict.fromkeys((each.agents, each.frames_per_s) for each in results.cost):
        yield ""
        chosen = [c for c in results.cost if (c.agents, c.frames_per_s) == (agents, frames)]
        yield from _cost(agents, frames, chosen)
    yield ""
    yield from _rates(results)


def _detection(found: Sequence[Detection]) -> Iterator[str]:
    yield "detection: from just before a pane writes a failure to the reader's line"
    yield (
        f"  {'reader':<24}{'panes':>6}{'p50 ms':>9}{'p90':>8}{'p99':>8}{'max':>8}"
        f"{'seen':>10}{'of 300 ms':>11}{'x bare':>8}"
    )
    for each in found:
        bare = next(
            (d for d in found if d.panes == each.panes and d.reader == "bare reader"), None
        )
        times = ratio(_p50(each.latency_ms), None if bare is None else _p50(bare.latency_ms))
        seen = f"{0 if each.latency_ms is None else each.latency_ms.count}/{each.made}"
        yield (
            f"  {each.reader:<24}{each.panes:>6}{_latency(each.latency_ms)}{seen:>10}"
            f"{f'{each.short_seen}/{each.short_made}':>11}"
            f"{'' if times is None else f'{times:.1f}':>8}"
        )


def _p50(found: Spread | None) -> float | None:
    return None if found is None else found.p50


def _latency(found: Spread | None) -> str:
    if found is None:
        return f"{'-':>9}{'-':>8}{'-':>8}{'-':>8}"
    return f"{found.p50:>9.2f}{found.p90:>8.2f}{found.p99:>8.2f}{found.max:>8.2f}"


def _cost(agents: int, frames_per_s: int, found: Sequence[Cost]) -> Iterator[str]:
    what = f"{frames_per_s} frames/s each" if frames_per_s else "idle"
    asked = next((each.answer_ms for each in found if each.answer_ms is not None), None)
    yield f"{agents} agents, {what}: percent of one core"
    yield (
        f"  {'reader':<24}{'itself':>8}{'clients':>9}{'server':>8}{'all':>8}"
        f"{'RSS MB':>8}{'x oma':>8}{'  tmux answers in ms, p50, p99 (x nobody)' if asked else ''}"
    )
    alone = next((c.server_percent for c in found if c.reader == "nobody"), 0.0)
    ours = next((_added(c, alone) for c in found if c.reader == "oma"), None)
    for each in found:
        times = None if each.reader in {"nobody", "oma"} else ratio(_added(each, alone), ours)
        whole = each.reader_percent + each.clients_percent + each.server_percent
        yield (
            f"  {each.reader:<24}{each.reader_percent:>8.2f}{each.clients_percent:>9.2f}"
            f"{each.server_percent:>8.2f}{whole:>8.2f}"
            f"{'' if each.rss_mb is None else f'{each.rss_mb:.0f}':>8}"
            f"{'' if times is None else f'{times:.1f}':>8}"
            f"{_answers(each.answer_ms, asked)}"
        )


def _answers(found: Spread | None, alone: Spread | None) -> str:
    if found is None or alone is None:
        return ""
    times = f"({found.p50 / alone.p50:.1f}, {found.p99 / alone.p99:.1f})"
    return f"  {found.p50:.1f}, {found.p99:.1f} {times}"


def _added(cost: Cost, server_alone: float) -> float:
    """What a reader adds to what the server does without one; at least nothing."""
    server = max(0.0, cost.server_percent - server_alone)
    return cost.reader_percent + cost.clients_percent + server


def _rates(results: Results) -> Iterator[str]:
    flood, replay, start = results.flood, results.replay, results.start
    yield (
        f"recording a pane that prints as fast as it can: {flood.mb_per_s:.1f} MB/s "
        f"({flood.mb:g} MB); oma used {flood.oma_percent:.0f} % of a core "
        f"({flood.oma_mb_per_cpu_s:.0f} MB in a CPU second), the tmux server "
        f"{flood.server_percent:.0f} %"
    )
    yield f"replay, {replay.records} records, in a CPU second:"
    yield f"  read                   {_rate(replay.read_per_s)}"
    yield f"  and folded             {_rate(replay.lines_per_s)}"
    yield f"  with screens, verdicts {_rate(replay.screens_per_s)}"
    yield f"start, {start.sessions} agents, ms from the start of the interpreter:"
    yield f"  status      {_wait(start.status_ms)}"
    yield f"  first frame {_wait(start.first_frame_ms)}"


def _rate(found: Spread | None) -> str:
    if found is None:
        return "-"
    return f"median {found.p50:,.0f}  (min {found.min:,.0f}, max {found.max:,.0f})"


def _wait(found: Spread | None) -> str:
    if found is None:
        return "-"
    return (
        f"median {found.p50:.0f}  (min {found.min:.0f}, max {found.max:.0f}, {found.count} tries)"
    )
