"""The disk of a recording is full or read-only: it ends loudly, and what it has can be replayed."""

import subprocess

import pytest

from oma.model.events import PaneCaptured
from tests.support.counting_agents import FLOODING, has_no_hole
from tests.support.oma_process import oma, running_oma
from tests.support.recorded import records, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]


@pytest.fixture
def pane(tmux):
    return tmux.run(
        *("new-session", "-d", "-x", "80", "-y", "24", "-P", "-F", "#{pane_id}"),
        *("-s", "oma-agent-floods", FLOODING),
    ).strip()


@pytest.fixture
def disk(tmp_path):
    """A small disk, where the tests may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "oma-test", str(place)]
    try:
        mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no mounts are allowed here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def forbid_writing(disk):
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


@pytest.mark.parametrize(("suffix", "blocks"), [(".jsonl", 256), (".jsonl.zst", 32)])
async def test_a_recording_that_may_not_grow_is_over_and_replays_to_there(
    tmux, pane, tmp_path, suffix, blocks
):
    file = tmp_path / f"f{suffix}"
    # A file may not grow beyond so many blocks: for the one who writes it, a full disk.
    limited = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh"]

    done = await oma("-S", tmux.socket_path, "record", "-o", file, wrapped_in=limited)
    again = await oma("replay", file, "--json")

    assert done.returncode == 1
    assert f"the recording has ended: cannot write {file}: ".encode() in done.stderr
    assert done.stderr.count(b"\n") == 2  # the first says where it records to
    # No word on what it prints: the file may be full before the agent's first verdict.
    assert again.returncode == 0, again.stderr
    assert has_no_hole(file, pane)


async def test_a_full_disk_ends_the_recording_and_nothing_else(tmux, pane, disk):
    file = disk / "f.jsonl"
    async with running_oma("-S", tmux.socket_path, "watch", "--json", "--record", file) as watch:
        await until(lambda: watch.errors)
        tmux.run("new-session", "-d", "-s", "oma-agent-later", "cat")
        await watch.transition(agent="oma-agent-later")
        await watch.end()

    assert watch.errors.decode() == (
        f"oma: the recording has ended: cannot write {file}: No space left on device\n"
    )
    assert has_no_hole(file, pane)


async def test_nothing_is_begun_on_a_disk_that_is_read_only(tmux, pane, disk):
    forbid_writing(disk)

    done = await oma("-S", tmux.socket_path, "record", "-o", disk / "f.jsonl")

    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1] == (
        f"oma: cannot write {disk / 'f.jsonl'}: Read-only file system"
    )


async def test_a_recording_on_a_disk_that_is_read_only_replays(tmux, pane, disk):
    file = disk / "f.jsonl"
    async with running_oma("-S", tmux.socket_path, "record", "-o", file):
        await until(lambda: any(isinstance(r.event, PaneCaptured) for r in records(file)))
    forbid_writing(disk)

    again = await oma("replay", file, "--json")
    why = await oma("why", "floods", "--recording", file)

    assert again.returncode == 0, again.stderr
    assert b"oma-agent-floods" in again.stdout
    assert why.returncode == 0, why.stderr
