"""What stands in the documents: their blocks, and the lines of those for a shell."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]

_COMMENT = re.compile(r"(^|\s)#\s.*")


@functools.cache
def tokens(path: Path) -> list[Token]:
    """Return what a document consists of."""
    return MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8"))


def blocks(path: Path, language: str) -> list[str]:
    """Return the blocks of a document in a language."""
    return [
        token.content
        for token in tokens(path)
        if token.type == "fence" and token.info.strip() == language
    ]


def shell_lines() -> dict[str, str]:
    """Return the lines for a shell of all documents, without comments → the first document that has it."""
    found: dict[str, str] = {}
    for path in DOCUMENTS:
        for line in _lines(path):
            found.setdefault(line, str(path.relative_to(ROOT)))
    return found


def _lines(path: Path) -> Iterator[str]:
    for block in blocks(path, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            words = " ".join(_COMMENT.sub("", line).split())
            if words:
                yield words
