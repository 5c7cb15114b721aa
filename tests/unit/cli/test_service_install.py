import pytest

from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.cli.service_install import install, installation_of, uninstall
from oma.errors import OmaError


@pytest.fixture
def context():
    return read_context(GlobalOptions(socket_name="x", match="a*"))


@pytest.mark.parametrize(
    ("platform", "place", "start"),
    [
        ("linux", ".config/systemd/user/oma-serve-x.service", "restart oma-serve-x"),
        ("darwin", "Library/LaunchAgents/dev.oma.serve-x.plist", "launchctl load -w"),
    ],
)
def test_it_is_written_said_and_removed_again(context, tmp_path, capsys, platform, place, start):
    found = installation_of(
        context, {"HOME": str(tmp_path), "OMA_TMUX": "/opt/tmux"}, platform=platform
    )

    install(found)
    assert found.path == tmp_path / place
    text = found.path.read_text()
    assert all(
        word in text for word in ("serve", "--match", "a*", str(context.socket), "OMA_TMUX")
    )
    said = capsys.readouterr().out
    assert f"wrote {found.path}" in said
    assert start in said

    uninstall(found)
    assert not found.path.exists()
    assert f"removed {found.path}" in capsys.readouterr().out
    with pytest.raises(OmaError, match="nothing was removed"):
        uninstall(found)


def test_where_it_cannot_be_that_is_said(context, tmp_path):
    with pytest.raises(OmaError, match="HOME names no directory"):
        installation_of(context, {})
    found = installation_of(
        context, {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}, platform="linux"
    )
    found.path.mkdir(parents=True)
    with pytest.raises(OmaError, match="cannot remove"):
        uninstall(found)
    assert found.path == tmp_path / "systemd/user/oma-serve-x.service"


def test_options_of_the_service_are_kept_and_a_relative_socket_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    context = read_context(GlobalOptions(socket_path="sock"))

    found = installation_of(context, {"HOME": "/h"}, ("--metrics", "9464"), "linux")

    assert f'"-S" "{tmp_path}/sock" "serve" "--wait" "--metrics" "9464"' in found.text


def test_what_systemd_made_of_it_is_removed_even_where_the_file_is_gone(context, tmp_path, capsys):
    found = installation_of(context, {"HOME": str(tmp_path)}, platform="linux")
    found.link.parent.mkdir(parents=True)
    found.link.symlink_to(found.path)

    uninstall(found)

    assert not found.link.is_symlink()
    assert f"removed {found.link}" in capsys.readouterr().out
