"""`oma web tokens`."""

import json

import pytest

from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions, TokenOptions
from oma.cli.web_tokens import edit_tokens, push_file, session_file, token_file, web_state
from oma.errors import ConfigError
from oma.runtime.clock import epoch_s
from oma.web.auth.login_sessions import Grant, Kept, KeptShare
from oma.web.auth.roles import Role
from oma.web.auth.session_file import RunningServer


def edit(*words, as_json=False, **token):
    context = read_context(GlobalOptions())
    edit_tokens(words, context, TokenOptions(**token), as_json=as_json)


def test_a_token_is_added_listed_and_revoked(capsys):
    edit("add", "ci", role="operator", agent="bob", expires=60.0)
    secret = capsys.readouterr().out.strip()
    edit("list")
    (line,) = capsys.readouterr().out.splitlines()
    found = token_file().find(secret)

    assert (found.name, found.role, found.agent) == ("ci", Role.OPERATOR, "oma-agent-bob")
    assert line.split()[:2] == ["ci", "operator"]
    assert line.endswith("left for oma-agent-bob")
    edit("revoke", "ci")
    assert capsys.readouterr().out == "revoked ci\n"
    edit()
    assert capsys.readouterr().out == "no tokens: oma web tokens add NAME makes one\n"


def test_what_was_shared_by_a_link_is_listed_and_revoked_like_a_token(capsys):
    guest = Grant("guest-1", Role.VIEWER, epoch_s() + 60.0, "oma-agent-bob")
    kept = Kept((), (KeptShare(guest, None),))
    session_file().save(RunningServer("127.0.0.1:1", "http://127.0.0.1:1"), kept)

    edit("list")
    assert capsys.readouterr().out.rstrip().endswith("left for oma-agent-bob, by a link")
    edit("list", as_json=True)
    assert json.loads(capsys.readouterr().out)[0]["shared"] is True
    edit("revoke", "guest-1")
    assert capsys.readouterr().out == "revoked guest-1\n"
    assert session_file().shares() == ()


def test_a_browser_that_is_notified_is_listed_and_revoked_like_a_token(capsys):
    pytest.importorskip("http_ece", reason="the extra oma-tmux[push] is not installed")
    from tests.support.push_service import PushBrowser

    made = PushBrowser("https://push.example.org/a").subscription()
    push_file().add(made)

    edit("list")
    assert capsys.readouterr().out.rstrip().endswith("left, notifications")
    edit("list", as_json=True)
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["name"], listed["push"], listed["shared"]) == (made.name, True, False)
    edit("revoke", made.name)
    assert push_file().subscriptions() == ()


def test_machines_get_json(capsys):
    edit("add", "ci", as_json=True)
    edit("list", as_json=True)
    added, listed = map(json.loads, capsys.readouterr().out.splitlines())

    assert sorted(added) == ["name", "secret"]
    assert listed[0]["role"] == "viewer"
    assert listed[0]["agent"] is None


@pytest.mark.parametrize("words", [("add",), ("add", "a", "b"), ("steal",), ("revoke",)])
def test_words_that_mean_nothing_are_refused(words):
    with pytest.raises(ConfigError, match=f"oma web tokens {' '.join(words)}: expected"):
        edit(*words)


def test_without_a_home_there_is_no_place_for_tokens(monkeypatch):
    monkeypatch.delenv("HOME")

    with pytest.raises(ConfigError, match="HOME is not set"):
        web_state()
