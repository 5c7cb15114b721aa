"""The words of `error_patterns`, and what stands around them when nothing is wrong.

A phrase (letters, digits, blanks) counts as whole words, also in the plural, and as the name of
an exception that begins a line: `error` finds `2 errors` and `ValueError: bad token`. It does not
count

- inside an identifier, a path, an option or a call: `errors.py`, `--fail-on-error`, `error-free`,
  `log.error(`, `error_handler`;
- when it is denied: after `0`, `0/12`, `no`, `zero`, `without`, `none`, `nothing`, `never`, with
  at most one word between, after `not`, or before a zero: `0 tests failed`, `errors: 0`;
- as a thing that is taken care of: `error handling`, `error handler`.
"""

from functools import lru_cache

import attrs

from oma.detection.patterns import PatternIndex, PatternSet, plain

_HERE = "oma.detection.words"
_PHRASE = PatternSet.of([r"^[\pL\pN]+(?: [\pL\pN]+)*$"], _HERE)
_BEFORE = PatternSet.of(
    [
        r"(?:[-/\\$@]|\w\.)$",
        r"(?:^|[^\w.,-])(?:0(?:/\d+)?|no|zero|without|none|nothing|never)(?: [a-z]+)? $",
        r"(?:^|\W)not (?:an? |any )?$",
    ],
    _HERE,
)
_AFTER = PatternSet.of(
    [
        r"^(?:[-./\\]\w|\(\)|\([^s])",
        r"^ ?(?:count|rate)? ?[:=(]? ?0(?:[^\w.]|\.?$)",
        r"^ (?:handling|handlers?)\b",
    ],
    _HERE,
)

# How far to each side of a word its neighbours are looked at; bounds the work on a huge line.
_NEIGHBOURHOOD_CHARS = 48


@attrs.frozen(eq=False)
class WordPatterns:
    """What `word_patterns` made of a configured list; equal only to itself."""

    _phrases: PatternSet
    _others: PatternSet
    _exceptions: PatternSet
    _index: PatternIndex
    """Of the three: nearly every line holds none of them."""

    def search(self, line: str) -> str | None:
        """Return a text in `line` that says that something is wrong, or `None`."""
        if not self._index.marks((line,))[0]:
            return None
        other = self._others.search(line) or self._exceptions.search(line)
        if other is not None:
            return other
        text = plain(line)
        for start, end in self._phrases.spans(text):
            before = text[max(0, start - _NEIGHBOURHOOD_CHARS) : start]
            after = text[end : end + _NEIGHBOURHOOD_CHARS]
            if _BEFORE.search(before) is None and _AFTER.search(after) is None:
                return text[start:end]
        return None


@lru_cache
def word_patterns(words: tuple[str, ...], where: str = "error_patterns") -> WordPatterns:
    """Compile configured phrases; what is not a phrase is taken as a pattern of re2.

    Returns:
        The same object for the same phrases, so that agents share what it remembers.

    Raises:
        ConfigError: such a pattern is bad; the text names `where` and the pattern.
    """
    phrases, others, exceptions = [], [], []
    for word in words:
        if _PHRASE.search(word) is None:
            others.append(word)
            continue
        phrases.append(r"\b" + r"\s+".join(word.split(" ")) + r"s?\b")
        if " " not in word:
            exceptions.append(rf"^\s*(?:\w+\.)*(?-i:[A-Z]\w*{word.capitalize()})(?::|$)")
    found = PatternSet.of(phrases, where)
    written = PatternSet.of(others, where)
    named = PatternSet.of(exceptions, where)
    return WordPatterns(found, written, named, PatternIndex.of((found, written, named), where))
