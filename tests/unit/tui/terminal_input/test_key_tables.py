"""Names of keys: modifiers, code points, and what a terminal's own description adds."""

import subprocess
import sys

import pytest

from oma.tui.inputs import Key
from oma.tui.terminal_input.decoder import InputDecoder
from oma.tui.terminal_input.key_tables import (
    TERMINFO_KEYS,
    coded,
    control_key,
    modified,
    terminal_keys,
)


def test_control_characters_are_keys_but_for_nul():
    assert control_key(0) is None
    assert [control_key(byte) for byte in (1, 13, 26, 27)] == ["C-a", "Enter", "C-z", "Escape"]
    assert all(control_key(byte) for byte in range(1, 32))


@pytest.mark.parametrize(
    ("name", "parameter", "found"),
    [
        ("Up", 1, "Up"), ("Up", 0, "Up"), ("Up", 2, "S-Up"), ("Up", 7, "C-M-Up"), ("Tab", 2, "BackTab"),
        ("Up", 65, "Up"), ("Up", 193, "Up"), ("Up", 9, None), ("Up", 99999, None),
    ],
)  # fmt: skip
def test_modifiers_stand_before_the_name_and_locks_do_not(name, parameter, found):
    assert modified(name, parameter) == found


def test_what_shift_makes_of_a_key_is_known_for_letters_alone():
    assert coded(ord("ä"), 2, shifted=False) == "Ä"
    assert coded(ord("ß"), 2, shifted=False) == "ß"
    assert coded(ord("1"), 2, shifted=False) is None
    assert coded(ord("!"), 2, shifted=True) == "!"


def test_sequences_that_would_hide_others_or_are_no_sequences_are_left_out():
    assert terminal_keys(
        {
            "kcuu1": b"\x1bA",
            "kcub1": b"\x08",
            "kf1": b"\x1b[",
            "kf2": b"\x1bAB",
            "kdch1": b"\x1b[3~",
            "bel": b"\x1bG",
        }
    ) == {b"\x1bA": "Up", b"\x1b[3~": "Delete"}


READ = """
import curses, sys
from oma.tui.terminal_input.key_tables import TERMINFO_KEYS
curses.setupterm(sys.argv[1], 1)
print({name: curses.tigetstr(name) for name in TERMINFO_KEYS if curses.tigetstr(name)})
"""

TERMS = ["xterm-256color", "screen", "tmux-256color", "linux", "rxvt-unicode-256color", "rxvt", "vt220",
         "putty", "vt52", "konsole", "st-256color", "sun", "cygwin"]  # fmt: skip


@pytest.mark.parametrize("term", TERMS)
def test_every_key_of_a_terminals_description_is_that_key(term):
    done = subprocess.run([sys.executable, "-c", READ, term], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"no terminfo entry for {term}")
    strings = eval(done.stdout)  # a dict of bytes that we printed
    known = terminal_keys(strings)
    for name, sequence in strings.items():
        if sequence in known:
            assert InputDecoder(known).feed(sequence) == [Key(TERMINFO_KEYS[name])] or (
                sequence in [strings[other] for other in strings if other != name]
            )


def test_the_common_terminals_need_no_description():
    sequences = {"kcuu1": b"\x1bOA", "khome": b"\x1b[1~", "kend": b"\x1b[8~", "kf1": b"\x1b[[A"}
    for name, sequence in sequences.items():
        assert InputDecoder().feed(sequence) == [Key(TERMINFO_KEYS[name])]
