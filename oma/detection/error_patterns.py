"""The words of `error_patterns`, and what stands around them when nothing is wrong.

A phrase (letters, digits, blanks) counts as whole words, also in the plural, and as the name of
an exception that begins a line: `error` finds `2 errors` and `ValueError: bad token`. It does not
count

- inside an identifier, a path, an option or a call: `errors.py`, `--fail-on-error`, `error-free`,
  `log.error(`, `error_handler`;
- when it is denied: after `0`, `0/12`, `no`, `zero`, `without`, `none`, `nothing`, `never`, with
  at most one word between, after `not`, or before a zero: `0 tests failed`, `errors: 0`;
- as a thing that is taken care of or talked of: `error handling`, `the error path`, `3 failed tests
  were fixed`, `it means that the rate limit`;
- in quotes or backticks, unless these are the data of a log or of JSON;
- in a line of a diff.
"""

from functools import lru_cache

import attrs

from oma.detection.patterns import PatternIndex, PatternSet, plain

_HERE = "oma.detection.error_patterns"
_PHRASE = PatternSet.unchecked([r"^[\pL\pN]+(?: [\pL\pN]+)*$"], _HERE)


_BEFORE = PatternSet.unchecked(
    [
        r"(?:[-/\\$@]|\w\.)$",
        r"(?:^|[^\w.,-])(?:0(?:/\d+)?|no|zero|without|none|nothing|never)(?: [a-z]+)? $",
        r"(?:^|\W)not (?:an? |any )?$",
        r"(?:^|\s)(?:[\w']+ ){2,}(?:the|that|this|any|each|every)(?: [a-z]+)? $",
    ],
    _HERE,
)
_AFTER = PatternSet.unchecked(
    [
        r"^(?:[-./\\]\w|\(\)|\([^s])",
        r"^ ?(?:count|rate)? ?[:=(]? ?(?:0(?:[^\w.]|\.?$)|none\b)",
        r"^ (?:handling|handlers?|paths?|cases?|logic|types?|class(?:es)?|boundar(?:y|ies))\b",
        r"^ (?:is|are|of|per) (?:\d|(?:an?|the|in|set|not|no|never|only)\b)",
        r"^,? (?:so|but|that|which|can|could|may|might|should|would|will)\b",
        r" (?:is|are|was|were|been) (?:now |all )?(?:fixed|resolved|solved|handled|gone)\b",
    ],
    _HERE,
)
_DIFF = PatternSet.unchecked([r"^\s*(?:\d+\s+){0,2}(?:\+|-(?:\s|[^-\w]))"], _HERE)

# How far to each side of a word its neighbours are looked at; bounds the work on a huge line.
_NEIGHBOURHOOD_CHARS = 80


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
        if _DIFF.search(line) is not None:
            return None
        text = plain(line)
        for start, end in self._phrases.spans(text):
            before = text[max(0, start - _NEIGHBOURHOOD_CHARS) : start]
            after = text[end : end + _NEIGHBOURHOOD_CHARS]
            is_mere_word = _BEFORE.search(before) or _AFTER.search(after) or _is_quoted(before)
            if not is_mere_word:
                return text[start:end]
        return None


def _is_quoted(before: str) -> bool:
    """Say whether a quotation is open at the end of `before`."""
    if before.count("`") % 2 or before.count("“") > before.count("”"):
        return True
    if before.count('"') % 2 == 0:
        return False
    is_data = before.rpartition('"')[0].rstrip().endswith(tuple("=:{[,"))
    return not is_data


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
