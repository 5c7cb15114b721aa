import pytest

from oma.cli.cli_context import read_context
from oma.cli.one_look import look_once
from oma.cli.option_values import GlobalOptions
from oma.errors import OmaError


async def test_without_a_server_there_is_nothing_and_the_rules_in_force_would_judge():
    look = await look_once(read_context(GlobalOptions()))

    assert not look.store.state.has_server
    assert look.store.state.agents == ()
    assert look.rules.at_once
    assert look.records == ()
    assert "claude" in {profile.name for profile in look.rules.profiles}


async def test_a_tmux_that_is_too_old_is_refused(tmux):
    tmux.says("-V", "tmux 2.9\n")

    with pytest.raises(OmaError, match=r"tmux 2\.9 is too old"):
        await look_once(read_context(GlobalOptions()))
