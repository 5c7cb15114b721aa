"""`oma export`: the agents that there are, as the file of a fleet."""

import attrs
import pytest

from oma.cli.commands import export_command
from oma.cli.commands.export_command import run
from oma.cli.option_values import GlobalOptions
from oma.errors import OmaError
from oma.model.health import Health
from tests.support.git_repository import GitRepository
from tests.unit.cli.parsing import parsed
from tests.unit.runtime.agents.test_fleet_keeper import Row
from tests.unit.tui.fleets import agent, state


@attrs.frozen
class Store:
    """What is known."""

    state: object


@attrs.frozen
class Look:
    """At it."""

    store: Store


@pytest.fixture
def there(monkeypatch):
    """Give the agents that there are with their directories, to be added to."""
    there = []

    async def look_once(context):
        return Look(Store(state(*(each for each, _ in there))))

    async def list_panes(server):
        return tuple(Row(each.pane, each.name, '"sleep 9"') for each, _ in there)

    async def start_place(server, pane):
        return "", next(str(directory) for each, directory in there if each.pane == pane)

    for function in (look_once, list_panes, start_place):
        monkeypatch.setattr(export_command, function.__name__, function)
    return there


def test_it_has_no_options_of_its_own():
    assert parsed("export") == GlobalOptions()


def test_each_agent_is_a_table(there, capsys, tmp_path):
    repository = GitRepository.make(tmp_path / "app")
    worktree = repository.add_worktree("fix")
    there += [
        (agent(1, name="a", profile="claude", group="night"), worktree),
        (agent(2, name="b", profile="generic", group="no word"), tmp_path),
        (agent(3, name="c", profile="codex"), repository.path),
        (agent(4, name="d", health=Health.EXITED), tmp_path),
    ]
    run(GlobalOptions())
    tables = capsys.readouterr().out.split("\n\n")
    assert tables == [
        f'[[agent]]\nname = "a"\ngroup = "night"\nprofile = "claude"\ndirectory = "{repository.path}"\nworktree = "fix"',
        f'[[agent]]\nname = "b"\ncommand = "sleep 9"\ndirectory = "{tmp_path}"',
        f'[[agent]]\nname = "c"\nprofile = "codex"\ndirectory = "{repository.path}"\n',
    ]


def test_where_there_is_none_it_is_said(there):
    with pytest.raises(OmaError, match="no agents"):
        run(GlobalOptions())
