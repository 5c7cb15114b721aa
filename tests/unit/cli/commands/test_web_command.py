"""`oma web`: serve, or see to tokens and links."""

import pytest
import trio

from oma.cli.commands import web_command
from oma.cli.commands.web_command import WebOptions, run
from oma.cli.option_values import ServeOptions, TokenOptions
from oma.errors import ConfigError
from oma.web.auth.tokens import Role
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("web") == WebOptions()
    line = "web tokens add ci --role admin --agent bob --expires 2h --json --port 0 --origin a"
    assert parsed(*line.split(), "--origin", "b", "--read-only", "--open") == WebOptions(
        words=("tokens", "add", "ci"),
        serve=ServeOptions(port=0, origin=("a", "b"), read_only=True),
        token=TokenOptions(role="admin", agent="bob", expires=7200.0),
        open=True,
        json=True,
    )


def test_every_role_may_be_asked_for():
    for role in Role:
        assert parsed("web", "--role", role.value).token.role == role.value


@pytest.mark.parametrize("words", [("nope",), ("link", "x"), ("tokens", "steal")])
def test_words_that_mean_nothing_are_refused(words):
    with pytest.raises(ConfigError, match="expected 'oma web tokens add NAME'"):
        run(WebOptions(words=words))


def test_a_token_is_added_and_a_link_asked_of_a_server(capsys):
    assert run(WebOptions(words=("tokens", "add", "ci"))) == 0
    assert len(capsys.readouterr().out.strip()) > 20
    with pytest.raises(ConfigError, match="no 'oma web' of yours runs"):
        run(WebOptions(words=("link",)))


@pytest.fixture
def opened(monkeypatch):
    """The addresses that a browser was given; it tells that it was found."""
    opened = []

    def open_browser(address):
        opened.append(address)
        return address is None

    monkeypatch.setattr("webbrowser.open", open_browser)
    return opened


@pytest.mark.parametrize("opens", [True, False])
async def test_the_address_is_printed_and_opened_where_that_is_asked_for(opened, capfd, opens):
    await web_command._tell("http://x/login?code=1", opens=opens)

    told = capfd.readouterr()
    assert told.out == "open http://x/login?code=1\n"
    assert len(opened) == opens
    assert all("code=1" not in address for address in opened)
    assert ("no browser was found" in told.err) == opens


def test_it_serves_what_is_asked_for_until_the_run_ends(monkeypatch):
    served = []

    class Server:
        async def show(self, live, told):
            served.append(live)

    def serving(context, options):
        served.append(options)
        return Server()

    async def show(watch):
        await watch.frontend("live")
        await trio.lowlevel.checkpoint()
        return 143

    monkeypatch.setattr(web_command, "serving_for", serving)
    monkeypatch.setattr(web_command.Run, "run", show)

    assert run(WebOptions(serve=ServeOptions(port=7))) == 143
    assert served == [ServeOptions(port=7), "live"]
