from oma.model.state import FleetState


def state(tmux):
    return FleetState(seq=1, t=0.0, tmux=tmux, agents=())


def test_a_fleet_without_agents_may_have_a_server():
    assert state("3.3a").has_server
    assert not state(None).has_server
