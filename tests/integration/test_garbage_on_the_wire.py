"""A tmux that does not speak control mode: losses are recorded, tried again, and got over."""

import itertools
import shlex

import pytest

from oma.model.events import ConnectionLost
from oma.runtime.client.back_off import WAITS_S
from oma.runtime.client.tmux_binary import VARIABLE
from tests.support.oma_process import oma, running_oma
from tests.support.private_tmux import TMUX
from tests.support.recorded import events, records, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

LIES = {
    "garbage": "head -c 3000 /dev/urandom; exec cat",
    "truncated": "printf '%%begin 1 2 0\\nno end'",
    "text": "echo 'bash: warning: this is no tmux'; exec cat",
    "nothing": "exit 0",
    "refusal": "printf 'no luck today\\n' >&2; exit 1",
    "late garbage": (
        "printf '%%begin 1 2 0\\n%%end 1 2 0\\n%%session-changed $0 home\\n%%output nonsense\\n'; "
        "exec cat"
    ),
}

FAKE = """#!/bin/sh
case " $* " in
*{whom}*) [ -e {lying} ] && {{ {lie}; exit; }} ;;
esac
exec {tmux} "$@"
"""


@pytest.fixture
def fake(tmux, tmp_path):
    """Give a function that puts a lying tmux in front of the real one, for some clients."""
    tmux.run("new-session", "-d", "-s", "home", "cat")
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    lying = tmp_path / "lying"
    lying.touch()
    program = tmp_path / "lying-tmux"

    def install(lie, whom):
        program.write_text(FAKE.format(whom=whom, lying=lying, lie=lie, tmux=shlex.quote(TMUX)))
        program.chmod(0o755)
        return {VARIABLE: str(program)}

    install.lying = lying
    return install


HUB, AGENT = '" -C "*"no-output"', '" -C "*"pause-after"'
LISTS, SCREENS = '" list-panes -a "', '" capture-pane "'


@pytest.mark.parametrize(
    ("whom", "lie"),
    [*((HUB, lie) for lie in LIES), (AGENT, "garbage"), (AGENT, "nothing")],
)
async def test_losses_are_recorded_tried_again_less_often_and_got_over(
    tmux, tmp_path, fake, lie, whom
):
    recording = tmp_path / "f.jsonl"
    environment = fake(LIES[lie], whom)
    async with running_oma(
        *("-S", tmux.socket_path, "watch", "--json", "--record", recording), **environment
    ) as watch:
        await until(lambda: len(events(recording, ConnectionLost)) >= 3)
        fake.lying.unlink()
        await watch.transition(agent="oma-agent-a", to="ok")
        await until(lambda: b"pane-captured" in recording.read_bytes())
        assert await watch.end() == 130

    lost = [r.t for r in records(recording) if isinstance(r.event, ConnectionLost)]
    waits = [later - earlier for earlier, later in itertools.pairwise(lost)]
    assert all(waited >= least for waited, least in zip(waits, WAITS_S[1:], strict=False))
    # Without a server client there are no agents at first, and the user is told so.
    told = watch.errors.decode().splitlines()
    assert [line for line in told if not line.startswith("oma: no agents yet, waiting:")] == []


@pytest.mark.parametrize(
    ("whom", "lie"),
    [*((SCREENS, lie) for lie in LIES if lie != "refusal"), (LISTS, "garbage"), (LISTS, "text")],
)
async def test_a_single_look_says_what_is_wrong_in_one_line(tmux, fake, whom, lie):
    done = await oma("-S", tmux.socket_path, "status", **fake(LIES[lie], whom))

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"oma: ")
    assert done.stderr.count(b"\n") == 1
