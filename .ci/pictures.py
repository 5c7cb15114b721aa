"""Makes docs/demo.svg, the moving picture of README.md, from the recording docs/demo.cast: `./run pictures`.

The frames lie side by side, and a window steps over them; a row that looks the same in many is there once.
The same recording gives the same bytes. `.ci/record_demo` records anew.
"""

import json
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from oma.screen.emulator import Screen
from oma.screen.styled import StyledRow, TextStyle
from oma.tui.cells import cells
from oma.tui.colours import rgb_of

DOCS = Path(__file__).parents[1] / "docs"
CAST, PICTURE = DOCS / "demo.cast", DOCS / "demo.svg"

COLUMN, ROW, MARGIN, BAR = 8.4, 18, 16, 30
"""In pixels: a cell, what is around the screen, and the bar above it."""

SHORTEST_S, LAST_S = 0.12, 2.5
"""Frames that stand for less are left out; so long stands the last one."""

BASIC = ["#1d2027", "#e06c75", "#98c379", "#d7af5f", "#61afef", "#c678dd", "#56b6c2", "#d8dbe2"]
BASIC += ["#7d8590", "#ff7b86", "#b5e08f", "#ffd787", "#8cc8ff", "#dd9bf0", "#7fdbe6", "#ffffff"]
FOREGROUND, BACKGROUND, AROUND = "#d8dbe2", "#16181d", "#23262e"

CIRCLES = {"🟢": "#5fd75f", "🟡": "#e5b431", "🔵": "#3b9dff", "🔴": "#ff5f5f", "⚪": "#9aa0aa"}
"""The signs of health are drawn: no two systems have the same emoji."""


def frames() -> list[tuple[float, tuple[StyledRow, ...]]]:
    """Return the screens of the recording, each with the seconds for which it stands."""
    head, *lines = CAST.read_text("utf-8").splitlines()
    size = json.loads(head)
    screen = Screen(size["width"], size["height"])
    shown: list[tuple[float, tuple[StyledRow, ...]]] = []
    for line in lines:
        t, kind, data = json.loads(line)
        if kind != "o":
            continue
        screen.feed(data.encode())
        rows = tuple(screen.styled(size["height"]))
        if shown and t - shown[-1][0] < SHORTEST_S:
            shown[-1] = (shown[-1][0], rows)
        elif not shown or rows != shown[-1][1]:
            shown.append((t, rows))
    ends = [t for t, _ in shown[1:]] + [shown[-1][0] + LAST_S]
    return [(end - t, rows) for (t, rows), end in zip(shown, ends, strict=True)]


def svg(shown: list[tuple[float, tuple[StyledRow, ...]]], columns: int, rows: int) -> str:
    """Return the picture."""
    width, height = round(columns * COLUMN), rows * ROW
    known: dict[StyledRow, int] = {}
    strips = []
    for at, (_, screen) in enumerate(shown):
        used = [
            f'<use href="#r{known.setdefault(row, len(known))}" y="{y * ROW}"/>'
            for y, row in enumerate(screen)
            if row
        ]
        strips.append(f'<g transform="translate({at * width})">{"".join(used)}</g>')
    whole_s = sum(stands_s for stands_s, _ in shown)
    drawn = "\n".join(f'<g id="r{n}">{"".join(_row(row))}</g>' for row, n in known.items())
    nl = "\n"
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 2 * MARGIN} {height + BAR + MARGIN}" \
width="{width + 2 * MARGIN}" height="{height + BAR + MARGIN}" role="img">
<title>oma shows six agents; one asks for permission and is answered, one gets stuck and says why</title>
<style>
#film {{ font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
fill: {FOREGROUND}; \
animation: film {whole_s:.2f}s step-end infinite }}
text {{ white-space: pre; dominant-baseline: central }}
@keyframes film {{
{nl.join(_steps([stands_s for stands_s, _ in shown], whole_s, width))}
}}
@media (prefers-reduced-motion: reduce) {{ #film {{ animation-play-state: paused }} }}
</style>
<defs>
{drawn}
</defs>
<rect width="100%" height="100%" rx="9" fill="{AROUND}"/>
<rect x="1" y="{BAR - 6}" width="{width + 2 * MARGIN - 2}" height="{height + MARGIN + 5}" rx="8" fill="{BACKGROUND}"/>
{"".join(f'<circle cx="{17 + 18 * n}" cy="12" r="5" fill="#4a4f5a"/>' for n in range(3))}
<svg x="{MARGIN}" y="{BAR}" width="{width}" height="{height}">
<g id="film">
{nl.join(strips)}
</g>
</svg>
</svg>
"""


def _steps(stands_s: list[float], whole_s: float, width: int) -> Iterator[str]:
    t = 0.0
    for at, length_s in enumerate(stands_s):
        yield f"{100 * t / whole_s:.3f}% {{ transform: translateX({-at * width}px) }}"
        t += length_s


def _row(row: StyledRow) -> Iterator[str]:
    column = 0
    for run in row:
        for text in _pieces(run.text):
            wide = cells(text)
            yield from _piece(text, column, wide, run.style)
            column += wide


def _pieces(text: str) -> Iterator[str]:
    """Yield the signs of health alone, and what stands between them."""
    begun = ""
    for character in text:
        if character in CIRCLES:
            if begun:
                yield begun
            yield character
            begun = ""
        else:
            begun += character
    if begun:
        yield begun


def _piece(text: str, column: int, wide: int, style: TextStyle) -> Iterator[str]:
    ink, paper = _colour(style.foreground, FOREGROUND), _colour(style.background, "")
    if style.reverse:
        ink, paper = paper or BACKGROUND, ink
    x, length = column * COLUMN, wide * COLUMN
    if paper:
        yield f'<rect x="{x:.1f}" width="{length:.1f}" height="{ROW}" fill="{paper}"/>'
    if text in CIRCLES:
        yield f'<circle cx="{x + COLUMN:.1f}" cy="{ROW / 2}" r="5.5" fill="{CIRCLES[text]}"/>'
        return
    said = text.strip(" ")
    if not said:
        return
    x += (len(text) - len(text.lstrip(" "))) * COLUMN
    looks = f' fill="{ink}"' if ink != FOREGROUND else ""
    looks += ' font-weight="700"' if style.bold else ""
    looks += ' opacity=".65"' if style.dim else ""
    yield (
        f'<text x="{x:.1f}" y="{ROW / 2}" textLength="{cells(said) * COLUMN:.1f}"{looks}>'
        f"{escape(said, quote=False)}</text>"
    )


def _colour(colour: int | None, own: str) -> str:
    if colour is None:
        return own
    if colour < len(BASIC):
        return BASIC[colour]
    return "#{:02x}{:02x}{:02x}".format(*rgb_of(colour))


def picture() -> str:
    """Return the picture of the recording."""
    size = json.loads(CAST.read_text("utf-8").splitlines()[0])
    return svg(frames(), size["width"], size["height"])


def main() -> int:
    """Write the picture."""
    text = picture()
    PICTURE.write_text(text, "utf-8")
    sys.stderr.write(f"{PICTURE}: {len(text.encode()) // 1000} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
