"""Patterns over hostile text: the only door to re2, which runs in linear time whatever the input.

Every pattern ignores case. A typographic apostrophe counts as `'` and a no-break space as a
space, in patterns and in lines alike.
"""

from collections.abc import Iterable, Iterator

import attrs
import re2

from oma.errors import ConfigError


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False  # a bad pattern is our ConfigError, not a line on stderr
    return options


_OPTIONS = _options()


def plain(text: str) -> str:
    """Return `text` as patterns see it: see the law of this room. Total, whatever the text."""
    if text.isascii():
        return text
    # Three replacements take a tenth of the time of one `translate`.
    alike = text.replace("’", "'").replace("‘", "'").replace("\u00a0", " ")
    try:
        alike.encode()
    except UnicodeEncodeError:
        return alike.encode("utf-8", "replace").decode()
    return alike


def _compile(source: str, where: str) -> "re2._Regexp":
    try:
        return re2.compile(plain(source), _OPTIONS)
    except re2.error as error:
        said = error.args[0] if error.args else b""
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        message = f"{where}: bad pattern {source!r}: {reason}"
        raise ConfigError(message) from error


@attrs.frozen(eq=False)
class PatternSet:
    """Several patterns that are tried together; equal only to itself."""

    sources: tuple[str, ...]
    _union: "re2._Regexp | None" = attrs.field(repr=False)

    @classmethod
    def of(cls, sources: Iterable[str], where: str) -> "PatternSet":
        """Compile `sources`; a set of none never matches.

        Raises:
            ConfigError: one of them is not a pattern of re2; the text names `where` and it.
        """
        kept = tuple(sources)
        for source in kept:
            _compile(source, where)
        if not kept:
            return cls(kept, None)
        return cls(kept, _compile("|".join(f"(?:{source})" for source in kept), where))

    def search(self, line: str) -> str | None:
        """Return the leftmost text in `line` that one of the patterns matches, or `None`."""
        if self._union is None:
            return None
        found = self._union.search(plain(line))
        return None if found is None else str(found.group())

    def spans(self, line: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of every match that does not overlap an earlier one."""
        if self._union is not None:
            for found in self._union.finditer(plain(line)):
                yield found.span()
