"""A channel is whatever has a name and sends: none of them shares code with another one."""

from typing import get_type_hints

import pytest

from oma.notify.message import Message
from oma.runtime.notify.channel import Channel
from oma.runtime.notify.desktop_channel import DesktopChannel
from oma.runtime.notify.program_channel import ProgramChannel
from oma.runtime.notify.terminal_channel import TerminalChannel
from oma.runtime.notify.tmux_channel import TmuxChannel

EACH = [DesktopChannel, ProgramChannel, TerminalChannel, TmuxChannel]


@pytest.mark.parametrize("kind", EACH)
def test_a_channel_takes_a_message_and_says_where_it_went(kind):
    assert get_type_hints(kind.send) == get_type_hints(Channel.send)
    assert get_type_hints(kind.send)["message"] is Message
