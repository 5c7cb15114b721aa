"""What an operating system command says: the body of an OSC sequence becomes a signal.

Bodies come from agents and are hostile: what is not understood is no signal, and nothing raises.
"""

import base64
import binascii
from collections.abc import Callable

from oma.model import signals

_STATES = frozenset({"idle", "working", "blocked", "done", "error", "clear"})
_KINDS = frozenset({"permission", "question", "auth"})
_PROMPT_MARKS = frozenset({"A", "B", "C", "D"})
_PROGRESS_STATES = range(5)
_CONEMU_COMMANDS = frozenset(str(number) for number in range(1, 13))
_NUMBER_DIGITS = 9  # more digits than any status or percentage has


def read_osc(body: bytes) -> signals.Signal | None:
    """Return what the OSC sequence with `body` says, or `None`. Total.

    Args:
        body: what stands between `ESC ]` and the terminator, without control characters.
    """
    code, separator, text = body.decode(errors="replace").partition(";")
    reader = _READERS.get(code)
    return reader(text) if reader and separator else None


def _title(text: str) -> signals.Signal:
    return signals.TitleSet(text)


def _notification_or_progress(text: str) -> signals.Signal | None:
    """OSC 9 is iTerm2's notification; ConEmu took `9;1` to `9;12` for commands, 4 is progress."""
    command, *arguments = text.split(";")
    if command == "4":
        return _progress(arguments)
    if arguments and command in _CONEMU_COMMANDS:
        return None
    return _notified(text)


def _progress(arguments: list[str]) -> signals.Signal | None:
    state = _number(arguments[0]) if arguments else None
    if state is None or state not in _PROGRESS_STATES:
        return None
    percent = _number(arguments[1]) if len(arguments) > 1 else None
    return signals.ProgressShown(state, None if percent is None else min(percent, 100))


def _rxvt_notification(text: str) -> signals.Signal | None:
    """`notify;TITLE;BODY`; a body may hold semicolons."""
    verb, _, rest = text.partition(";")
    if verb != "notify":
        return None
    title, _, body = rest.partition(";")
    return _notified(": ".join(filter(None, (title, body))))


def _kitty_notification(text: str) -> signals.Signal | None:
    """`key=value:key=value;PAYLOAD`: title and body may come as sequences of their own."""
    metadata, _, payload = text.partition(";")
    keys = _pairs(metadata)
    if keys.get("p", "title") not in {"title", "body"}:
        return None
    return _notified(_from_base64(payload) if keys.get("e") == "1" else payload)


def _prompt(text: str) -> signals.Signal | None:
    mark, *arguments = text.split(";")
    if mark not in _PROMPT_MARKS:
        return None
    return signals.PromptMarked(mark, _number(arguments[0]) if mark == "D" and arguments else None)


def _status(text: str) -> signals.Signal | None:
    """The program status protocol, revision 0.4: keys that it does not name are passed over."""
    keys = _pairs(text)
    state = keys.get("state", "")
    if state not in _STATES:
        return None
    kind = keys.get("kind", "")
    return signals.StatusReported(
        state=state,
        kind=kind if state == "blocked" and kind in _KINDS else "",
        app=keys.get("app", ""),
        id=keys.get("id", ""),
        message=_from_base64(keys.get("msg", "")) or _from_base64(keys.get("title", "")),
    )


def _notified(text: str) -> signals.Signal | None:
    return signals.Notified(text) if text else None


def _pairs(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(":"))
    return {key: value for key, equals, value in pairs if equals}


def _number(text: str) -> int | None:
    if text.isascii() and text.isdigit() and len(text) <= _NUMBER_DIGITS:
        return int(text)
    return None


def _from_base64(text: str) -> str:
    """Return the decoded text, or nothing: a message that is no base64 was none for us."""
    padded = text + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded, validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


_READERS: dict[str, Callable[[str], signals.Signal | None]] = {
    "0": _title,
    "2": _title,
    "9": _notification_or_progress,
    "99": _kitty_notification,
    "133": _prompt,
    "777": _rxvt_notification,
    "7501": _status,
}
