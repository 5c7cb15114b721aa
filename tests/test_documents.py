"""The documents are true: their links lead somewhere, their commands and configurations are understood."""

import functools
import re
import shlex
import subprocess
from itertools import groupby, pairwise

import pytest
import tomli

from oma.cli.command_table import ABOUT
from oma.config.agents_file import fleet_from_mapping
from oma.config.load import config_from_mapping
from oma.config.theme_file import theme_from_mapping
from oma.detection.profile_parser import profile_from_mapping
from tests.support.documents import DOCS, DOCUMENTS, ROOT, blocks, tokens
from tests.unit.cli.parsing import parsed

NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
INDEX = DOCS / "index.md"
UNLISTED = {INDEX, DOCS / "glossary.md"}
"""The list itself; and what an entry of it names beside its own document."""

RUNNERS = {"oma", "./run", ".venv/bin/oma"}
ENDS = {"|", "||", "&&", ";", "&", "(", ")"}
REDIRECTIONS = {">", ">>", "<", "2>"}


def _flat(path):
    for token in tokens(path):
        yield token
        yield from token.children or ()


def _links(path):
    for token in _flat(path):
        target = token.attrs.get("href") or token.attrs.get("src")
        if target and "://" not in str(target) and not str(target).startswith("mailto:"):
            yield str(target)


@functools.cache
def _anchors(path):
    """Return the anchors that GitHub and the site make of the headings of a document."""
    titles = [
        "".join(part.content for part in inline.children or ())
        for begin, inline in pairwise(tokens(path))
        if begin.type == "heading_open"
    ]
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def _commands(block):
    """Yield the simple commands of a block for a shell, as lists of words."""
    for line in block.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line.removeprefix("$ "), posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words = list(lexer)
        for ended, command in groupby(words, lambda word: word in ENDS):
            if not ended:
                yield _without_redirections(list(command))


def _without_redirections(words):
    kept = []
    for word, before in zip(words, [None, *words], strict=False):
        if word not in REDIRECTIONS and before not in REDIRECTIONS:
            kept.append(word)
    return kept


def _command_lines(path):
    for block in blocks(path, "sh"):
        for words in _commands(block):
            if words and words[0] in RUNNERS:
                yield words


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_a_link_leads_to_a_file_and_a_heading_that_are_there(path):
    for link in _links(path):
        place, _, anchor = link.partition("#")
        target = (path.parent / place).resolve() if place else path
        assert target.exists(), link
        assert not anchor or target.suffix != ".md" or anchor in _anchors(target), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_what_a_document_tells_a_shell_is_shell(path):
    for block in blocks(path, "sh"):
        done = subprocess.run(["bash", "-n"], input=block, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_a_command_in_a_document_is_one_that_oma_understands(path, capsys):
    for words in _command_lines(path):
        if words[0] == "./run" and words[1] in {"test", "setup", "pictures"}:
            continue
        try:
            parsed(*words[1:])
        except SystemExit as end:
            if end.code:
                pytest.fail(f"{shlex.join(words)}: {capsys.readouterr().err}")


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_a_command_is_marked_as_one(path):
    for block in blocks(path, ""):
        first = block.split()[:2]
        assert not (first[:1] == ["oma"] and first[-1] in ABOUT), block


@pytest.mark.parametrize("path", DOCUMENTS, ids=NAMES)
def test_a_configuration_in_a_document_is_one_that_oma_takes(path):
    for block in blocks(path, "toml"):
        found = tomli.loads(block)
        if isinstance(found.get("agent"), list):
            fleet_from_mapping(found, path.name)
        elif "match" in found:
            profile_from_mapping("p", found, path.name)
        elif "base" in found:
            theme_from_mapping(found, path.name)
        else:
            config_from_mapping(found, path.name)


def test_what_pictures_of_the_dashboard_show_is_what_it_shows():
    frames = [path.read_text("utf-8") for path in (ROOT / "fixtures" / "frames").iterdir()]
    shown = "".join(blocks(DOCS / "dashboard.md", ""))
    keys = [line for line in shown.splitlines() if line.startswith(" Enter attach ")]
    grouped = shown[shown.index("── 🔵 api 2 agents") :].splitlines()[:6]

    assert len(keys) == 2
    assert [line for line in keys if not any(f"\n{line}" in frame for frame in frames)] == []
    assert any("\n".join(grouped) in frame for frame in frames)


def test_every_document_is_in_the_list_once():
    listed = [link.partition("#")[0] for link in _links(INDEX) if link.partition("#")[0]]
    pages = [str(p.relative_to(DOCS)) for p in sorted(DOCS.rglob("*.md"))]
    wanted = [page for page in pages if not page.startswith("decisions/0") and page != "index.md"]

    assert sorted(each for each in listed if each.endswith(".md")) == sorted(wanted)


def test_every_document_is_in_the_menus_of_the_site_once():
    menus = re.findall(r"[\w/-]+\.md$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)

    assert sorted(menus) == sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md"))


def test_the_table_of_commands_names_every_command():
    text = (DOCS / "command-line.md").read_text("utf-8")
    table = text[text.index("| command | does |") : text.index("## Health")]

    assert [name for name in ABOUT if not re.search(rf"\b{name}\b", table)] == []
