"""A profile for an agent that nobody knows, from a recording."""

import pytest

from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.cli.profile_drafting import draft
from oma.cli.scorer import Scorer
from oma.config.load import parse_toml
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.profile_parser import profile_from_mapping
from oma.errors import ConfigError
from oma.model.events import SessionOpened
from oma.model.ids import PaneId, SessionId
from tests.support.fleet_play import captured, seen
from tests.unit.cli.recordings import EVENTS, REAL, write

GENERIC = next(each for each in packaged_profiles() if each.name == "generic")


def drafted(path, agent=None):
    text = draft(path, read_context(GlobalOptions()), agent)
    return text, profile_from_mapping(
        "draft", parse_toml(text.encode(), "draft.toml"), "draft.toml"
    )


@pytest.mark.parametrize("name", ["kimi-b", "kilo-a", "cn-b", "opencode-again"])
@pytest.mark.slow
def test_a_draft_alone_is_better_than_shapes_alone(name):
    path, truth = REAL / f"{name}.jsonl.zst", REAL / f"{name}.json"
    _, profile = drafted(path)
    scorer = Scorer(Config(), (profile, GENERIC))

    with_draft = scorer.score(path, truth, profile).score
    without = scorer.score(path, truth, GENERIC).score

    assert with_draft.accuracy() > without.accuracy() + 0.05


def test_it_is_known_by_what_ran_and_cites_what_was_seen():
    text, profile = drafted(REAL / "kimi-b.jsonl.zst")

    assert profile.commands == {"kimi-code"}
    assert profile.argv.search("node /usr/bin/kimi-code.js")
    assert "Write this file?" in text


def test_one_of_several_agents_has_to_be_named(tmp_path):
    other = SessionId("$2"), PaneId("%2")
    path = write(
        tmp_path / "f.jsonl",
        (
            *EVENTS[:3],
            (0.0, SessionOpened(other[0], "oma-agent-b")),
            (0.0, seen(session=other[0], pane=other[1], command="cook")),
            (0.0, captured(pane=other[1])),
        ),
    )

    with pytest.raises(ConfigError, match="several agents: --agent oma-agent-a, oma-agent-b"):
        drafted(path)
    with pytest.raises(ConfigError, match="no agent 'c'; there are: oma-agent-a, oma-agent-b"):
        drafted(path, "c")
    assert drafted(path, "b")[1].commands == {"cook"}
