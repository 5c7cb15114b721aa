"""Reads the fields of a hook's event: JSON from an agent, whose shape nobody promises."""

from collections.abc import Iterable, Mapping


def text_field(event: Mapping[str, object], key: str) -> str:
    """Return the text at `key`; empty when there is none. Total."""
    value = event.get(key)
    return value if isinstance(value, str) else ""


def mapping_field(event: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return the object at `key`; empty when there is none. Total."""
    value = event.get(key)
    return value if isinstance(value, dict) else {}


def first_text(event: Mapping[str, object], keys: Iterable[str]) -> str:
    """Return the first text that is not empty at one of `keys`; empty when none is. Total."""
    return next((text for key in keys if (text := text_field(event, key))), "")
