"""Runs one command of `oma` on a host, and returns what it says."""

import os
import subprocess  # noqa: TID251  # for its constants and types only
from collections.abc import Sequence

import attrs
import trio

from oma.runtime.fleet.ssh_command import asking_nobody, far_argv, why_it_ended

PATIENCE_S = 20.0
"""How long it may take."""


@attrs.frozen
class FarAnswer:
    """What came of a command."""

    said: bytes = b""
    """On its standard output."""
    words: str = ""
    """Why it failed, from the host and hence hostile; empty where it did not."""


async def run_far(host: str, oma: str, arguments: Sequence[str], text: str = "") -> FarAnswer:
    """Run it.

    Args:
        host: As `ssh_command.parse_hosts` returns it.
        oma: What `oma` is called there.
        arguments: Of it.
        text: For its standard input.
    """
    argv = far_argv(host, oma, arguments)
    try:
        with trio.fail_after(PATIENCE_S):
            # A session of its own: ssh has no terminal to ask on.
            done: subprocess.CompletedProcess[bytes] = await trio.run_process(
                argv,
                stdin=text.encode(),
                capture_stdout=True,
                capture_stderr=True,
                check=False,
                start_new_session=True,
                env=asking_nobody(os.environ),
            )
    except trio.TooSlowError:
        return FarAnswer(words=f"no answer within {PATIENCE_S:.0f} seconds")
    except OSError as failure:
        return FarAnswer(words=f"cannot run {argv[0]}: {failure.strerror}")
    if done.returncode != 0:
        return FarAnswer(words=why_it_ended(host, oma, done.returncode, done.stderr))
    return FarAnswer(done.stdout)
