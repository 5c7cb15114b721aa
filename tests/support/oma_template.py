"""A Python that has imported `oma`, and becomes one for everybody who asks.

To import `oma` takes longer than most of its commands do, and the tests start it by the hundred.
Each is a process of its own all the same: forked here, with its own arguments, environment, folder
and standard streams. What Python reads as it starts (`PYTHON…`, the locale) is that of the template.
Of what `oma` does otherwise on a machine that is a second late, there is nothing: see `_be_patient`.

The argument is the descriptor of a socket. Over it come, after their length, `[arguments,
environment, folder]` as JSON, and four descriptors: stdin, stdout, stderr, and the one that is told
of the end. The answer is the process id. What is told is `os.waitstatus_to_exitcode` and a newline.
"""

import gc
import importlib
import json
import os
import pkgutil
import selectors
import socket
import sys
import time
from contextlib import suppress

import oma.cli
from oma.cli.commands import why_command
from oma.cli.main import main
from oma.config.profiles import packaged_profiles
from oma.store import fleets

LENGTH = 4
"""Bytes of a number on the socket."""


def serve(asked: socket.socket) -> None:
    """Fork for each request, and return in the child; the parent ends with its socket."""
    waiting = selectors.DefaultSelector()
    waiting.register(asked, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.fileobj is asked:
                if _fork(asked, waiting):
                    return
            else:
                _tell_end(waiting, key)


def _fork(asked: socket.socket, waiting: selectors.BaseSelector) -> bool:
    """Whether this is the child."""
    head, descriptors, _, _ = socket.recv_fds(asked, LENGTH, 4)
    if not head:
        os._exit(0)
    words = json.loads(asked.recv(int.from_bytes(head), socket.MSG_WAITALL))
    *streams, told = descriptors
    pid = os.fork()
    if not pid:
        _let_go(asked, waiting, told)
        _become(streams, *words)
        return True
    for stream in streams:
        os.close(stream)
    waiting.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, told))
    asked.send(pid.to_bytes(LENGTH))
    return False


def _let_go(asked: socket.socket, waiting: selectors.BaseSelector, told: int) -> None:
    for key in waiting.get_map().values():
        if key.data is not None:
            os.close(key.fd)
            os.close(key.data[1])
    waiting.close()
    asked.close()
    os.close(told)


def _become(
    streams: list[int], arguments: list[str], environment: dict[str, str], folder: str
) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.argv[1:] = arguments


def _be_patient() -> None:
    """Let neither a first look nor a host's first record come late: on a loaded machine they would.

    `oma why` tells what it knows after a few seconds; the log of a host whose first record came a second later
    than the others is set back, and no longer told by one clock. The unit tests have both.
    """
    why_command.PATIENCE_S = 60.0
    fleets.AHEAD_S = 600.0


def _tell_end(waiting: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    pid, told = key.data
    _, status = os.waitpid(pid, 0)
    with suppress(BrokenPipeError):
        os.write(told, b"%d\n" % os.waitstatus_to_exitcode(status))
    os.close(told)
    waiting.unregister(key.fileobj)
    os.close(key.fd)


if __name__ == "__main__":
    for module in pkgutil.walk_packages(oma.cli.__path__, "oma.cli."):
        if not module.ispkg:
            importlib.import_module(module.name)
    _be_patient()
    packaged_profiles()  # are kept, and every process that is forked has them
    gc.collect()
    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv[1])))
    try:
        main()
    except SystemExit as end:
        # Not as Python ends: that would touch, and so copy, all that was imported.
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)
