import pytest

from oma.errors import OmaError
from oma.tmux.capabilities import (
    MASTER,
    MINIMUM,
    Version,
    check,
    dies_of_programs_that_end,
    is_misunderstanding,
    known_crashes,
    parse_version,
    spells_out_pasted_controls,
    waits_for_prompts,
)

IN_ORDER = [
    "tmux 1.8",
    "tmux 2.9a",
    "tmux 3.1-rc",
    "tmux 3.1",
    "tmux 3.1c",
    "tmux 3.2-rc3",
    "tmux 3.2",
    "tmux 3.2a",
    "tmux 3.3a",
    "tmux 3.6b",
    "tmux 3.7",
    "tmux 3.7c",
    "tmux next-3.8",
    "tmux 3.8",
    "tmux 3.10",
    "tmux master",
]


def test_versions_are_in_the_order_of_their_release():
    versions = [parse_version(text) for text in IN_ORDER]

    assert versions == sorted(set(versions))


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("3.3a", Version(3, 3, 1)),
        ("tmux 3.3a\n", Version(3, 3, 1)),
        ("next-3.8", Version(3, 8, -1)),
        ("openbsd-7.5", MINIMUM),
        ("openbsd-6.9", MINIMUM),
        ("openbsd-6.8", Version(3, 1)),
        ("master", MASTER),
    ],
)
def test_every_form_of_a_version_is_read(text, version):
    assert parse_version(text) == version


@pytest.mark.parametrize("text", ["", "tmux", "tmux 3", "screen 4.9", "3.3aa", "3.3a b", "٣.3"])
def test_what_is_no_version_is_refused_with_its_text(text):
    with pytest.raises(OmaError) as caught:
        parse_version(text)

    assert repr(text) in str(caught.value)


def test_an_old_tmux_is_refused_with_what_is_needed():
    with pytest.raises(OmaError, match=r"^tmux 3\.1 is too old: oma needs tmux 3\.2 or newer$"):
        check(parse_version("3.1c"))


@pytest.mark.parametrize("text", ["3.2", "3.2a", "next-3.8", "master"])
def test_a_new_tmux_will_do(text):
    check(parse_version(text))


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("3.2a", {"remain-on-exit", "pasting", "4980", "4916", "5049", "5499", "5244", "5444"}),
        ("3.3a", {"pasting", "4980", "4916", "5049", "5499", "5244", "5444"}),
        ("3.7", {"5499", "5244", "5444"}),
        ("3.7b", {"5499", "5244", "5444", "5551"}),
        ("next-3.8", {"5551"}),
        ("master", set()),
    ],
)
def test_a_version_is_known_by_what_it_dies_of(text, issues):
    sentences = [crash.sentence for crash in known_crashes(parse_version(text))]

    assert len(sentences) == len(issues)
    assert all(any(issue in sentence for sentence in sentences) for issue in issues)


@pytest.mark.parametrize(
    ("text", "spells"), [("3.2", False), ("3.6b", False), ("3.7", True), ("next-3.8", True)]
)
def test_from_3_7_on_control_characters_are_pasted_in_words(text, spells):
    assert spells_out_pasted_controls(parse_version(text)) == spells


@pytest.mark.parametrize(
    ("text", "dies"),
    [
        ("3.2", True),
        ("3.2a", True),
        ("3.3", False),
        ("3.6b", False),
        ("3.7", False),
        ("next-3.8", False),
    ],
)
def test_whose_output_our_clients_may_get_depends_on_the_version(text, dies):
    assert dies_of_programs_that_end(parse_version(text)) == dies


@pytest.mark.parametrize(("text", "waits"), [("3.2a", False), ("3.3", True), ("3.7c", True)])
def test_a_command_waits_for_its_prompt_since_3_3(text, waits):
    assert waits_for_prompts(parse_version(text)) == waits


def test_a_server_of_another_kind_is_told_from_none():
    assert is_misunderstanding("server exited unexpectedly")
    assert is_misunderstanding("protocol version mismatch (client 8, server 7)")
    assert not is_misunderstanding("no server running on /tmp/s")
