"""What a snapshot says of the server."""

from oma.model.state import FleetState


def test_a_server_is_there_when_its_version_is_known():
    assert FleetState(seq=1, t=0.0, tmux="3.3a", agents=()).has_server
    assert not FleetState(seq=1, t=0.0, tmux=None, agents=()).has_server
