"""Kinds of options that are lists of words with a meaning; as those of `oma.config.kinds`."""

import re
from typing import ClassVar

import attrs

from oma.config.kinds import TextList
from oma.model.health import Health
from oma.notify.notification_rules import parse_trigger
from oma.notify.quiet_hours import parse_period


@attrs.frozen
class Choices(TextList):
    """Some of some fixed words, each once at most; possibly none."""

    words: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """Name the accepted values, to follow "expected"."""
        return f"a list of some of {', '.join(self.words)}"

    def fits(self, text: str, /) -> bool:
        """Say whether it is one of the words."""
        return text in self.words

    def accept(self, value: object) -> tuple[str, ...] | None:
        """Return the words in their order when each is one of them, and none is there twice."""
        texts = TextList.accept(self, value)
        return None if texts is None or len(set(texts)) < len(texts) else texts


@attrs.frozen
class Triggers(TextList):
    """Healths, each with or without a glob for its reasons."""

    allowed: ClassVar[str] = f"a list of HEALTH or HEALTH:REASON, HEALTH of {', '.join(Health)}"
    fits = staticmethod(parse_trigger)


@attrs.frozen
class Periods(TextList):
    """Periods of the day."""

    allowed: ClassVar[str] = 'a list of periods, each "HH:MM-HH:MM"'
    fits = staticmethod(parse_period)


@attrs.frozen
class NamedTexts(TextList):
    """Texts with names, each of which stands there once."""

    allowed: ClassVar[str] = (
        'a list of texts, each "NAME = FILTER", NAME of letters, digits, "_" and "-"'
    )

    def fits(self, text: str, /) -> bool:
        """Say whether it is a text with a name, on one line."""
        name, _, named = text.partition("=")
        is_line = text == " ".join(text.split())
        return is_line and bool(named.strip()) and _NAME.fullmatch(name.strip()) is not None

    def accept(self, value: object) -> tuple[str, ...] | None:
        """Return the texts in their order when each has a name that no other one has."""
        texts = TextList.accept(self, value)
        names = {text.partition("=")[0].strip() for text in texts or ()}
        return None if texts is None or len(names) < len(texts) else texts


_NAME = re.compile("[A-Za-z0-9_-]+")
