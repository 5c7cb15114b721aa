"""Writes what a study of screens learnt as a profile, in TOML, with the lines that it rests on."""

import json
from collections.abc import Iterable, Iterator

from oma.detection.line_shapes import WORKING, patterns_of
from oma.detection.screen_study import MARKER, STILL_S, Sign, Signs
from oma.model.printable import printable

_MOST_BARE = 0.15
"""Where more of the work passes without a sign, what stands still is no sign of rest."""

_EXAMPLE_CHARS = 90
_NUMBER = r"(?:\d+[hm] ?)*\d[\d.,:]*\w{0,2}"


def draft_text(signs: Signs, about: str, commands: Iterable[str], argv: str | None) -> str:
    """Return a profile that `profile_from_mapping` takes.

    Args:
        signs: What was learnt.
        about: What it was learnt from, on one line.
        commands: Names of the foreground process by which the kind is known.
        argv: A pattern of its command line, where the name of the process says too little.
    """
    lines = [
        f"# A draft, from {_comment(about)}: {signs.work_s:.0f} s of movement, {signs.rest_s:.0f} s of rest.",
        "# Look at each rule: it rests on what moved and what stood still, not on what was true.",
        "error_patterns = true",
        "",
        "[match]",
        f"command = [{', '.join(map(_string, commands))}]",
        *([] if argv is None else [f"argv = {_string(argv)}"]),
        *_working(signs),
        *_resting(signs),
        *_asking(signs),
    ]
    return "\n".join(lines) + "\n"


def _working(signs: Signs) -> Iterator[str]:
    yield ""
    yield f"# Moves while it works: seen in {signs.covered_s:.0f} s of {signs.work_s:.0f} s."
    if not signs.work:
        yield "# Nothing: no part of the screen is shown then and only then."
        return
    yield from map(_cited, signs.work)
    yield from ("[[rule]]", 'name = "working"', 'state = "working"', 'scope = "bottom:12"')
    yield from _any(signs.work)


def _resting(signs: Signs) -> Iterator[str]:
    if not signs.work or signs.bare_s > _MOST_BARE * signs.work_s:
        yield ""
        yield f"# Much of its work has no sign ({signs.bare_s:.0f} s): silence alone tells that it rests."
        return
    if signs.rest:
        yield from ("", f"# Stands while nothing moves for {STILL_S:g} s:")
        yield from map(_cited, signs.rest)
        yield from ("[[rule]]", 'name = "resting"', 'state = "idle"', 'scope = "bottom:12"')
        yield from _any(signs.rest)
    if signs.has_composer:
        yield from (
            "",
            "# Nearly all work has a sign: a composer without one is rest.",
            "[[rule]]",
        )
        yield from ('name = "composer"', 'state = "idle"', 'scope = "composer"', "hold_ms = 1500")


def _asking(signs: Signs) -> Iterator[str]:
    yield ""
    if not signs.questions:
        yield "# It asked nothing that was recognised by its shape; shapes go on to be looked for."
        return
    yield "# Asks, recognised by the shape of its dialogs:"
    for t, line in signs.questions[:8]:
        yield f"#   at {t:.1f} s: {_comment(line)}"
    yield from ("[[rule]]", 'name = "question"', 'state = "waiting"', 'scope = "dialog"')


def _cited(sign: Sign) -> str:
    return f"#   for {sign.shown_s:.1f} s, at {sign.example_s:.1f} s: {_comment(sign.example)}"


def _any(signs: Iterable[Sign]) -> Iterator[str]:
    yield "any = ["
    firsts = "".join(dict.fromkeys(sign.text for sign in signs if sign.is_first))
    if firsts:
        yield f"    {_string(f'^[│┃║| ]*[{_class(firsts)}] ')},"
    for sign in signs:
        if sign.text == MARKER and not sign.is_first:
            yield from (f"    {_string(each)}," for each in patterns_of(WORKING).sources)
        elif not sign.is_first:
            yield f"    {_string(_pattern(sign.text))},"
    yield "]"


def _pattern(text: str) -> str:
    """Return a pattern that finds `text`, which was masked."""
    parts = []
    for word in printable(text).split():
        numbers = word.split("#")
        parts.append(_NUMBER.join("".join(map(_literal, number)) for number in numbers))
    return r"\W+".join(parts)


def _literal(sign: str) -> str:
    return f"\\{sign}" if sign.isascii() and not sign.isalnum() else sign


def _class(signs: str) -> str:
    return "".join(map(_literal, printable(signs)))


def _string(text: str) -> str:
    shown = printable(text)
    return json.dumps(shown, ensure_ascii=False) if "'" in shown else f"'{shown}'"


def _comment(text: str) -> str:
    shown = " ".join(printable(text).split())
    return shown if len(shown) <= _EXAMPLE_CHARS else f"{shown[: _EXAMPLE_CHARS - 1]}…"
