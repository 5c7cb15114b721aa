"""Names, titles and directories that attack: right in JSON, harmless on a terminal."""

import json
import unicodedata

import pytest

from oma.tmux.escape import argv_argument, quote_format
from tests.support.oma_process import oma, running_oma
from tests.support.recorded import until

pytestmark = pytest.mark.tmux

NAMES = [
    "two words",
    'it\'s "quoted"',
    "$HOME",
    "#{pid} #(id)",
    "-x;",
    "\U0001f916 é",
    "%1 @1 $1",
    "right\u202eleft",
]

BIDI = "\u202e\u2066"

# What a program can put into its title by itself: tmux takes the C0 controls out, and no others.
TITLE = f"ti\ttle \u009b31m {BIDI}txt\u2028 \x7f"

EVIDENCE = "error: \x1b]0;x\x07\u009b2J" + BIDI + "\u2028 done"


@pytest.fixture
def hostile(tmux, tmp_path):
    """A server on which everything that a program or a user can choose is hostile."""
    directory = tmp_path / "line\nbreak \x1b[31m é"
    directory.mkdir()
    script = tmp_path / "hostile.sh"
    script.write_text(f"printf '%s' '\x1b]2;{TITLE}\x07'\nprintf '%s\\n' '{EVIDENCE}'\ncat\n")
    for name in NAMES:
        said, where = argv_argument(quote_format(name)), quote_format(str(directory))
        tmux.run("new-session", "-d", "-s", said, "-c", where, "sh", str(script))
    return tmux


def harmless(output):
    """Whether a terminal shows this as lines of text and does nothing else."""
    text = output.decode()
    return not [
        character
        for character in text
        if character != "\n" and unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"}
    ] and not any(mark in text for mark in BIDI)


def names(tmux):
    """The names as tmux keeps them: it takes some characters out of a name by itself."""
    return set(tmux.run("list-sessions", "-F", "#{session_name}").splitlines())


async def test_a_single_look_is_right_for_machines_and_harmless_for_terminals(hostile):
    async def look(*arguments):
        return await oma("-S", hostile.socket_path, "status", "--match", "*", *arguments)

    agents = json.loads((await look("--json")).stdout)["agents"]
    table = await look()

    assert {agent["agent"] for agent in agents} == names(hostile)
    assert len(agents) == len(NAMES)
    assert {"two words", "$HOME", "\U0001f916 é"} & {agent["agent"] for agent in agents}
    assert all("line?break ?[31m é" in agent["cwd"] for agent in agents)
    assert harmless(table.stdout)
    assert b"two words" in table.stdout


async def test_a_watch_its_recording_and_its_replay_are_harmless(hostile, tmp_path):
    recording = tmp_path / "f.jsonl"
    config = tmp_path / "config.toml"
    config.write_text("[health]\nerror_settle = 0\n")
    everything = ("-S", hostile.socket_path, "--config", config, "--match", "*")
    async with (
        running_oma(*everything, "watch", "--json", "--record", recording) as machine,
        running_oma(*everything, "watch") as user,
    ):
        for name in sorted(names(hostile)):
            await machine.transition(agent=name, to="stuck", reason="error-text")
        await until(lambda: sum("stuck" in line for line in user.lines) == len(NAMES))

    replayed = await oma("replay", recording)
    again = await oma("replay", recording, "--json")

    assert {json.loads(line)["agent"] for line in machine.lines} == names(hostile)
    assert any("error: " in json.loads(line)["evidence"] for line in machine.lines)
    for output in ("\n".join(machine.lines).encode(), "\n".join(user.lines).encode()):
        assert harmless(output)
    assert harmless(replayed.stdout)
    assert again.stdout.decode().splitlines() == machine.lines
    # One JSON object on each line, whatever was printed and named.
    assert all(json.loads(line) for line in recording.read_text().split("\n")[:-1])


async def test_an_unknown_name_is_answered_with_a_harmless_list(hostile):
    done = await oma("-S", hostile.socket_path, "--match", "*", "kill", "no\x1b[31mbody" + BIDI)

    assert done.returncode == 1
    assert harmless(done.stderr)
    assert b"two words" in done.stderr


async def test_an_agent_is_found_by_its_hostile_name_and_no_other_is(hostile):
    left = names(hostile)
    for name in sorted(left - {"-x;"}):
        done = await oma("-S", hostile.socket_path, "--match", "*", "kill", name)
        left.remove(name)

        assert (done.returncode, done.stderr) == (0, b"")
        assert names(hostile) == left
