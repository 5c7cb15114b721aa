import pytest

from oma.cli.commands import watch_command
from oma.cli.commands.watch_command import WatchOptions, run
from oma.cli.transition_printer import TransitionPrinter
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("watch") == WatchOptions()
    assert parsed(*["--record", "f", "watch", "--json", "--match", "a*"]) == WatchOptions(
        json=True, record="f", match="a*"
    )


@pytest.mark.parametrize("as_json", [True, False])
def test_it_prints_until_it_is_ended_and_records_too(monkeypatch, tmp_path, as_json):
    runs = []

    async def end(watch):
        runs.append(watch)
        watch.record.__exit__(None, None, None)
        return 143

    monkeypatch.setattr(watch_command.Run, "run", end)
    path = tmp_path / "f.jsonl"

    assert run(WatchOptions(match="a*", json=as_json, record=str(path))) == 143
    (watch,) = runs
    assert watch.frontend.__self__ == TransitionPrinter(as_json, watch.context)
    assert watch.context.match == "a*"
    assert path.exists()
