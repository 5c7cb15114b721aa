from pathlib import Path

import pytest

from oma.runtime.client.server_access import ServerAccess
from oma.tmux.capabilities import parse_version


@pytest.mark.parametrize(
    ("version", "takes_no_prompt", "spares"),
    [("3.2a", False, True), ("3.3", True, False), ("3.6b", True, False)],
)
def test_what_is_harmless_hangs_on_the_version(version, takes_no_prompt, spares):
    access = ServerAccess(Path("/s"), parse_version(version))

    assert access.takes_no_prompt is takes_no_prompt
    assert access.spares_remaining_panes is spares


def test_a_server_that_is_another_version_than_our_tmux_counts():
    access = ServerAccess(Path("/s"), parse_version("3.6b"))
    access.version = parse_version("3.2a")

    assert access.spares_remaining_panes
