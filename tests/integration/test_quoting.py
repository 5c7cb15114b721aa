"""The real tmux reads back every text that is given to it."""

import random
import re

import pytest

from oma.tmux.escape import argv_argument, quote, quote_format
from oma.tmux.notifications import Output
from tests.support.private_tmux import since

pytestmark = pytest.mark.tmux

NASTY = [
    " ",
    " two  words ",
    "'",
    '"',
    "\\",
    "\\\\",
    "\\n",
    "\\033",
    "\n",
    "\n  # no comment",
    "a\n\tb\n#c\n",
    "\r",
    "\r\n",
    "\t",
    "\x01\x1b[31m\x7f",
    "~",
    "~/x",
    "~root",
    "$HOME",
    "${HOME}",
    "a;b",
    "a;",
    ";",
    "\\;",
    "a\\;",
    ";;",
    "%if",
    "%if 1",
    "%0:continue",
    "{",
    "}",
    "{ kill-server }",
    "#",
    "# comment",
    "#{pid}",
    "#(touch x)",
    "##",
    "###[fg=red]",
    "#[",
    "A=b",
    "-",
    "-t",
    "--",
    "`id`",
    "*?[a-z]",
    "é",
    "日本語",
    "🤖\u200d🔧",
    "\u0085\u2028",
    "\U0010ffff",
]


def texts(seed, characters, count=60):
    dice = random.Random(seed)
    lengths = [1, 2, 3, 5, 8, 40]
    return ["".join(dice.choices(characters, k=dice.choice(lengths))) for _ in range(count)]


SPECIAL = "'\"\\$~;#{}%\n\r\t =-ab0 é€"


def kept(tmux, name):
    return tmux.run("show-buffer", "-b", name)


def test_a_control_client_is_understood_to_the_letter(tmux, attach):
    tmux.run("new-session", "-d", "-s", "a", "cat")
    given = [*NASTY, *texts(1, SPECIAL), "x" * 200_000]
    client = attach("a")
    replies = client.ask_all(
        [f"set-buffer -b b{n} -- {quote(text)}" for n, text in enumerate(given)]
    )

    assert [reply.data for reply in replies if not reply.ok] == []
    assert [kept(tmux, f"b{n}") for n in range(len(given))] == given


def test_an_empty_argument_is_an_argument(tmux, attach):
    tmux.run("new-session", "-d", "-s", "a", "cat")
    tmux.run("set-option", "-s", "@x", "full")

    assert attach("a").ask(f"set-option -s @x {quote('')}").ok
    assert tmux.run("show-options", "-sv", "@x") == "\n"


def test_a_format_expands_to_its_text(tmux, attach):
    tmux.run("new-session", "-d", "-s", "a", "cat")
    given = ["#{pid}", "##", "#", "#[x]", "##[x]", "#S", "##h", "%H", "100%", "a,b}"]
    given += texts(2, "#[]{}(),:%hS;$~ ax")
    client = attach("a")
    replies = client.ask_all(
        [
            f"set-option -F -s {quote(f'@x{n}')} {quote(quote_format(text))}"
            for n, text in enumerate(given)
        ]
    )

    assert [reply.data for reply in replies if not reply.ok] == []
    shown = [tmux.run("show-options", "-sv", f"@x{n}")[:-1] for n in range(len(given))]
    if since(3, 4) and not since(3, 5):  # it prints a backslash before what looks like a variable
        shown = [re.sub(r"\\(?=\$[A-Za-z_{])", "", text) for text in shown]
    assert shown == given


def test_a_process_is_understood_to_the_letter(tmux):
    tmux.run("new-session", "-d", "-s", "a", "cat")
    given = [*NASTY, *texts(3, SPECIAL, count=30)]
    for number, text in enumerate(given):
        tmux.run("set-buffer", "-b", f"b{number}", "--", argv_argument(text))

    assert [kept(tmux, f"b{n}") for n in range(len(given))] == given


@pytest.mark.parametrize("flags", ["ignore-size", "ignore-size,pause-after=5"])
def test_every_byte_that_a_program_writes_arrives(tmux, attach, tmp_path, flags):
    written = bytes(range(256)) * 3 + b"\\033 \\\\ caf\xe9 " + "€".encode()[:2] + b"|end of it"
    (tmp_path / "bytes").write_bytes(written)
    program = f"stty raw -echo; head -c 1 > /dev/null; cat '{tmp_path}/bytes'; exec sleep 60"
    tmux.run("new-session", "-d", "-s", "a", program)
    client = attach("a", flags)

    def output(events):
        return b"".join(event.data for event in events if type(event) is Output)

    client.ask("send-keys -t a: g")
    client.read_until(lambda events: b"|end of it" in output(events))
    # What the terminal echoed before it was raw is not the program's.
    assert output(client.events).endswith(written)
