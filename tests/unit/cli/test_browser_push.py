"""Web Push as it is composed: by the configuration, and for as long as the token of a login is good."""

import importlib.util

import attrs
import pytest

from oma.cli.browser_push import browser_push, push_channel
from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.cli.web_tokens import push_file, token_file
from oma.config.notify_section import NotifySection
from oma.errors import ConfigError
from oma.web.auth.roles import Role


def context_of(**options):
    context = read_context(GlobalOptions(socket_path="/s"))
    config = attrs.evolve(context.config, notify=NotifySection(**options))
    return attrs.evolve(context, config=config)


@pytest.fixture
def state(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def test_without_the_channel_no_browser_can_subscribe(state):
    assert browser_push(context_of()) is None
    assert not push_file().path.exists()


def test_without_the_extra_the_channel_is_refused(monkeypatch, state):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    for refused in (
        lambda: push_channel(()),
        lambda: browser_push(context_of(channels=("push",))),
    ):
        with pytest.raises(ConfigError, match=r"oma-tmux\[push\]"):
            refused()


def test_the_page_and_the_channel_know_the_same_browsers_while_their_token_is_good(state):
    pytest.importorskip("http_ece", reason="the extra oma-tmux[push] is not installed")
    from tests.support.push_service import PushBrowser

    push = browser_push(context_of(channels=("push",), push_hosts=("push.example.org",)))
    channel = push_channel(("push.example.org",))
    made = PushBrowser("https://push.example.org/a").subscription()
    token_file().add("ann", Role.VIEWER, None, 3600.0)
    (token,) = token_file().tokens()
    of_token = attrs.evolve(made, token_sha256=token.sha256)

    push.add(of_token)
    assert push.endpoint_problem(made.endpoint) == ""
    assert "known" in push.endpoint_problem("https://10.0.0.1/")
    assert push.key == push_file().public_key()
    assert push.subscriptions() == channel.file.subscriptions() == (of_token,)
    assert channel.holds(of_token)
    assert channel.holds(made)

    token_file().revoke("ann")
    assert push.subscriptions() == ()
    assert not channel.holds(of_token)
    assert push.remove(lambda each: each.name == made.name)
