import pytest

from oma.runtime.integration.status_guard import StatusGuard
from oma.tmux.address import ServerAddress

TMUX = """#!/bin/sh
echo "$@" >> {asked}
[ "$3" != list-windows ] || printf '@1 !\\n@2 \\n'
"""


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """What a tmux is asked; it has two windows, one with a mark."""
    asked, tmux = tmp_path / "asked", tmp_path / "tmux"
    asked.touch()
    tmux.write_text(TMUX.format(asked=asked))
    tmux.chmod(0o700)
    monkeypatch.setenv("OMA_TMUX", str(tmux))
    return asked


async def test_where_this_process_ends_without_a_word_what_is_shown_is_taken_away(asked):
    guard = await StatusGuard.start(ServerAddress(socket_path="/tmp/a b"))
    await guard.process.stdin.aclose()
    await guard.process.wait()

    first, _, *others = asked.read_text().splitlines()
    assert first == "-S /tmp/a b set-option -gqu @oma_status"
    assert others == ["-S /tmp/a b set-option -wqu -t @1 @oma_window"]


async def test_one_that_is_dismissed_does_nothing(asked):
    guard = await StatusGuard.start(ServerAddress(socket_name="x"))
    await guard.dismiss()

    assert asked.read_text() == ""
