import attrs
import pytest

from oma.errors import ConfigError, OmaError
from oma.model.ids import AgentId
from oma.runtime.agents.renaming import LONGEST, rename
from oma.tmux.address import ServerAddress
from tests.support.wire_events import listed
from tests.unit.tui.fleets import PREFIX, agent

SERVER = ServerAddress(socket_name="x")
OWN = agent(1, "a")
FOUND = attrs.evolve(OWN, id=AgentId("%1"), name="app")


async def test_an_agent_anywhere_has_the_name_as_an_option_of_its_pane(tmux):
    assert await rename(SERVER, FOUND, "the builder", PREFIX) == "the builder"
    assert await rename(SERVER, FOUND, "", PREFIX) == ""

    noted = [";", "set-option", "-g", "@oma_noted"]
    assert [asked[:-1] for asked in tmux.asked] == [
        ["set-option", "-p", "-t", "%1", "@oma_name", "the builder", *noted],
        ["set-option", "-p", "-u", "-t", "%1", "@oma_name", *noted],
    ]
    assert tmux.asked[0][-1] != tmux.asked[1][-1]


@pytest.mark.parametrize("name", [" a", "a\nb", "\x1b[2J", "x" * (LONGEST + 1)])
async def test_what_is_no_name_is_refused(tmux, name):
    with pytest.raises(ConfigError, match="expected up to"):
        await rename(SERVER, FOUND, name, PREFIX)

    assert tmux.asked == []


async def test_an_own_session_is_renamed_unless_the_name_is_taken(tmux):
    tmux.says("list-panes", listed(name=f"{PREFIX}taken") + "\n")

    assert await rename(SERVER, OWN, "b", PREFIX) == f"{PREFIX}b"
    assert tmux.asked[-1] == ["rename-session", "-t", "$1", "--", f"{PREFIX}b"]
    with pytest.raises(OmaError, match="there is an agent"):
        await rename(SERVER, OWN, "taken", PREFIX)
