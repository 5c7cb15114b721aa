"""The text of a JSON settings file: read so that nothing is lost, written in the style it had."""

import json
import math
import re
from typing import NoReturn

from oma.errors import OmaError
from oma.hooks.settings import Settings

_FIRST_INDENT = re.compile(r"\{\r?\n([ \t]+)\"")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = "\ufeff"
"""What editors of Windows put before UTF-8: no part of the JSON, and kept where it is."""

_INDENT = "  "
"""Of a file that shows none; what the agents themselves write."""


def parse_settings(text: str, source: str) -> Settings:
    """Read a settings file; one that is blank holds no settings.

    Args:
        text: the whole file.
        source: its name, for the error.

    Raises:
        OmaError: It is not a JSON object, or one that would not survive being written again (a key
            twice, a number beyond every limit); the text names `source` and, where known, the line.
    """
    text = text.removeprefix(_MARK)
    if not text.strip():
        return {}
    try:
        settings = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_float=_finite,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise OmaError(f"{source}:{error.lineno}: not JSON: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise OmaError(f"{source}: cannot be kept as it is: {error}") from None
    if not isinstance(settings, dict):
        raise OmaError(f"{source}:1: not a JSON object")
    return settings


def render_settings(settings: Settings, like: str) -> str:
    """Write `settings` with the mark, indent, line ends and last line end of the text `like`."""
    mark = _MARK if like.startswith(_MARK) else ""
    like = like.removeprefix(_MARK)
    found = _FIRST_INDENT.search(like)
    indent = found.group(1) if found else _INDENT
    text = json.dumps(settings, indent=indent, ensure_ascii=False, allow_nan=False)
    # Half of a pair is legal in JSON as an escape, and in UTF-8 not at all.
    text = _LONE_SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", text)
    if not like.strip() or like.endswith("\n"):
        text += "\n"
    return mark + (text.replace("\n", "\r\n") if "\r\n" in like else text)


def _unique(pairs: list[tuple[str, object]]) -> Settings:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"the number {text} is beyond every limit")
    return number


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")
