from oma.cli.commands import serve_command
from oma.cli.commands.serve_command import ServiceOptions, run
from oma.cli.service_frontend import ServiceFrontend
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("serve") == ServiceOptions()
    assert parsed("-L", "x", "serve", "--record", "f") == ServiceOptions(
        socket_name="x", record="f"
    )
    assert parsed("serve", "--metrics", "9464") == ServiceOptions(metrics="9464")
    assert parsed("serve", "--wait") == ServiceOptions(wait=True)


def test_it_watches_until_it_is_ended(monkeypatch, tmp_path, capsys):
    runs = []

    async def end(service):
        runs.append(service)
        return 130

    monkeypatch.setattr(serve_command.Run, "run", end)
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    assert run(ServiceOptions(socket_path=str(tmp_path / "tmux"))) == 130
    (service,) = runs
    assert service.frontend.__self__ == ServiceFrontend(service.context)
    assert str(tmp_path / "tmux") in capsys.readouterr().err


def test_the_file_that_starts_it_is_seen_to(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)

    assert run(ServiceOptions(install=True)) == 0
    assert "wrote " in capsys.readouterr().out
    assert run(ServiceOptions(uninstall=True)) == 0
    assert "removed " in capsys.readouterr().out
