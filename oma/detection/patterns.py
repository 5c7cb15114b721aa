r"""Patterns over hostile text: the only import of re2, whose matching takes linear time whatever the input.

Python's `re` backtracks: a line of an agent could make it run for hours. Every pattern ignores case. A
typographic apostrophe counts as `'` and a no-break space as a space, in patterns and in lines alike.

>>> plain("don’t\u00a0ask")
"don't ask"
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial

import attrs
import re2

from oma.errors import ConfigError


def _options(most_bytes: int) -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False  # a bad pattern is our ConfigError, not a line on stderr
    options.max_mem = most_bytes
    return options


# What re2 has learned of the lines that came is kept up to this, for each compiled pattern: a watch grew by that for
# hours. What is too large for the first is compiled with the next.
_OPTIONS = tuple(_options(megabytes << 20) for megabytes in (2, 8))

_NEVER = "\0"
"""Is in no line; a pattern of an index finds it nevertheless, which tells that re2 had enough memory to search at all."""


def plain(text: str) -> str:
    """Return `text` as patterns see it: see the docstring of this module. Total, whatever the text."""
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
        try:
            return re2.compile(plain(source), _OPTIONS[0])
        except re2.error:
            return re2.compile(plain(source), _OPTIONS[-1])
    except re2.error as error:
        said = error.args[0] if error.args else b""
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise ConfigError(f"{where}: bad pattern {source!r}: {reason}") from error


@attrs.define(eq=False)
class PatternSet:
    """Several patterns that are tried together; equal only to itself."""

    sources: tuple[str, ...]
    _where: str = attrs.field(default="", repr=False)
    _union: "re2._Regexp | None" = attrs.field(default=None, repr=False)
    """Of all of them; made when a line comes."""

    @classmethod
    def of(cls, sources: Iterable[str], where: str) -> "PatternSet":
        """Join `sources`; a set of none never matches.

        Args:
            sources: Patterns of re2.
            where: What an error names.

        Raises:
            ConfigError: one of them is not a pattern of re2; the text names `where` and it.
        """
        found = cls(tuple(sources), where)
        for source in found.sources:
            _compile(source, where)
        found._compiled()
        return found

    @classmethod
    def unchecked(cls, sources: Iterable[str], where: str) -> "PatternSet":
        """Join patterns that come with `oma` and are known to be some: they are compiled when a line comes."""
        return cls(tuple(sources), where)

    def _compiled(self) -> "re2._Regexp | None":
        if self._union is None and self.sources:
            joined = "|".join(f"(?:{source})" for source in self.sources)
            self._union = _compile(
                self.sources[0] if len(self.sources) == 1 else joined, self._where
            )
        return self._union

    def search(self, line: str) -> str | None:
        """Return the leftmost text in `line` that one of the patterns matches, or `None`."""
        union = self._union or self._compiled()
        if union is None:
            return None
        found = union.search(plain(line))
        return None if found is None else str(found.group())

    def spans(self, line: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of every match that does not overlap an earlier one."""
        if (union := self._union or self._compiled()) is not None:
            for found in union.finditer(plain(line)):
                yield found.span()


NO_PATTERNS = PatternSet(())
"""Never matches."""

REMEMBERED_LINES = 4096
"""A hundred screens of 40 rows; most rows of a screen stay as they are from one look to the next."""

REMEMBERED_FINDS = 512
"""What few lines are asked for, or many but seldom: each line that is remembered is kept for good in a long run."""


@attrs.frozen(eq=False)
class PatternIndex:
    """Several sets of patterns that one pass over a line tries together.

    Each set owns one bit of a number, its mark; the set of no patterns has the mark 0.
    """

    marks_of: Callable[[str], int]
    """Returns the marks of the sets that find something in a line, added up."""
    _bits: dict[PatternSet, int]

    @classmethod
    def of(
        cls, sets: Iterable[PatternSet], where: str, *, compile_later: bool = False
    ) -> "PatternIndex":
        """Join `sets`.

        Args:
            sets: What to join.
            where: What an error names.
            compile_later: They are known to be few enough: compile them when a line comes. All
                profiles of the package take longer to compile than a short command takes to run.

        Raises:
            ConfigError: together they are more than re2 takes; the text names `where`.
        """
        bits: dict[PatternSet, int] = {}
        owners: list[int] = []
        sources: list[str] = []
        for patterns in sets:
            if patterns.sources and patterns not in bits:
                bits[patterns] = 1 << len(bits)
                sources += patterns.sources
                owners += [bits[patterns]] * len(patterns.sources)
        if not owners:
            return cls(lambda _line: 0, bits)
        owners.append(0)  # that of `_NEVER`
        searcher = cache(partial(_searcher, sources, where))
        if not compile_later:
            searcher()

        @lru_cache(REMEMBERED_LINES)
        def marks(line: str) -> int:
            found = 0
            for place in searcher().Match(plain(line)) or ():
                found |= owners[place]
            return found

        return cls(marks, bits)

    def mark(self, patterns: PatternSet) -> int:
        """Return the mark of a set that was joined; 0 for any other."""
        return self._bits.get(patterns, 0)

    def marks(self, lines: Iterable[str]) -> tuple[int, ...]:
        """Return for each line the marks of the sets that find something in it, added up."""
        return tuple(map(self.marks_of, lines))


def _searcher(sources: Sequence[str], where: str) -> "re2.Set":
    reason = ""
    for options in _OPTIONS:
        searcher = re2.Set.SearchSet(options)
        for source in (*sources, _NEVER):
            searcher.Add(plain(source))
        try:
            searcher.Compile()
        except re2.error as error:
            reason = str(error)
            continue
        if searcher.Match(_NEVER):
            return searcher
        reason = "they take too much memory"
    raise ConfigError(f"{where}: too many patterns, or too large ones: {reason}")
