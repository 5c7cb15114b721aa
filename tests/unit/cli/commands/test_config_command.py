import json
import tomllib

from oma.cli.commands.config_command import run
from oma.cli.option_values import JsonOptions
from oma.config.schema import Config, to_mapping
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("--config", "f", "config", "--json") == JsonOptions(config="f", json=True)


def test_what_is_printed_is_a_configuration_and_says_where_it_is_from(tmp_path, capsys):
    path = tmp_path / "f.toml"
    path.write_text("[health]\nidle_warning = 7\n")

    run(JsonOptions(config=str(path)))
    text = capsys.readouterr().out
    run(JsonOptions(config=str(path), json=True))
    machine = json.loads(capsys.readouterr().out)
    run(JsonOptions())
    defaults = capsys.readouterr().out

    assert tomllib.loads(text) == machine["config"]
    assert (machine["file"], machine["config"]["health"]["idle_warning"]) == (str(path), 7)
    assert defaults.startswith("# defaults; no configuration file\n")
    assert tomllib.loads(defaults) == json.loads(json.dumps(to_mapping(Config())))
