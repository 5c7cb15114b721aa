"""A text for the user to paste."""

import pytest

from oma.runtime.display.clipboard import copy_in_tmux

INSIDE = {"TMUX": "/s,7,0", "TMUX_PANE": "%0"}


async def test_tmux_copies_it_and_tells_the_clipboard_of_who_looks(tmux):
    tmux.says("list-clients", "1 300 \n0 100 /dev/pts/1\n")
    tmux.says("load-buffer", "")

    assert await copy_in_tmux("one\ntwo", INSIDE)
    assert tmux.asked[-1] == ["load-buffer", "-w", "-t", "/dev/pts/1", "-"]


async def test_where_nobody_looks_it_is_a_buffer_alone(tmux):
    tmux.says("list-clients", "")
    tmux.says("load-buffer", "")

    assert await copy_in_tmux("one", INSIDE)
    assert tmux.asked[-1] == ["load-buffer", "-"]


@pytest.mark.parametrize("environ", [{}, INSIDE])
async def test_outside_of_tmux_or_where_it_refuses_nothing_was_copied(tmux, environ):
    tmux.says("list-clients", "")
    tmux.says("load-buffer", status=1, complaint="no")

    assert not await copy_in_tmux("one", environ)
