"""Kinds of options that are lists of words with a meaning; as those of `oma.config.kinds`."""

import re
from typing import ClassVar

import attrs

from oma.model.health import Health
from oma.notify.notification_rules import parse_trigger
from oma.notify.quiet_hours import parse_period


@attrs.frozen
class Choices:
    """Some of some fixed words, each once at most; possibly none."""

    words: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """Name the accepted values, to follow "expected"."""
        return f"a list of some of {', '.join(self.words)}"

    def accept(self, value: object) -> tuple[str, ...] | None:
        """Return the words in their order when each is one of them, and none is there twice."""
        texts = _texts(value)
        if texts is None or len(set(texts)) < len(texts):
            return None
        return texts if set(texts) <= set(self.words) else None


@attrs.frozen
class Triggers:
    """Healths, each with or without a glob for its reasons."""

    allowed: ClassVar[str] = f"a list of HEALTH or HEALTH:REASON, HEALTH of {', '.join(Health)}"

    def accept(self, value: object) -> tuple[str, ...] | None:
        """Return the texts in their order when each is one."""
        texts = _texts(value)
        return texts if texts is not None and all(map(parse_trigger, texts)) else None


@attrs.frozen
class Periods:
    """Periods of the day."""

    allowed: ClassVar[str] = 'a list of periods, each "HH:MM-HH:MM"'

    def accept(self, value: object) -> tuple[str, ...] | None:
        """Return the texts in their order when each is one."""
        texts = _texts(value)
        return texts if texts is not None and all(map(parse_period, texts)) else None


@attrs.frozen
class NamedTexts:
    """Texts with names."""

    allowed: ClassVar[str] = (
        'a list of texts, each "NAME = FILTER", NAME of letters, digits, "_" and "-"'
    )

    def accept(self, value: object) -> tuple[str, ...] | None:
        """Return the texts in their order when each has a name that no other one has."""
        texts = _texts(value)
        if texts is None or any(each != " ".join(each.split()) for each in texts):
            return None
        parts = [text.partition("=") for text in texts]
        names = [name.strip() for name, _, _ in parts]
        if len(set(names)) < len(names) or not all(text.strip() for _, _, text in parts):
            return None
        return texts if all(map(_NAME.fullmatch, names)) else None


_NAME = re.compile("[A-Za-z0-9_-]+")


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list | tuple):
        return None
    texts = tuple(item for item in value if isinstance(item, str))
    return texts if len(texts) == len(value) else None
