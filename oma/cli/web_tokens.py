"""`oma web tokens`: who may log in."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from oma.cli.cli_context import CliContext
from oma.cli.option_values import TokenOptions
from oma.cli.printed_shapes import NewTokenDocument, TokenDocument
from oma.cli.transition_lines import ago
from oma.cli.web_extra import wrong_words
from oma.config.places import state_directory
from oma.errors import ConfigError
from oma.runtime.clock import epoch_s
from oma.runtime.notify.push_file import PushFile
from oma.web.auth.login_sessions import Grant
from oma.web.auth.roles import Role
from oma.web.auth.session_file import SessionFile
from oma.web.auth.tokens import TokenFile


def edit_tokens(
    words: Sequence[str], context: CliContext, wanted: TokenOptions, *, as_json: bool
) -> None:
    """Add, list or revoke tokens, shared links and notified browsers; a server that runs sees it within a second.

    Args:
        words: What stands after `oma web tokens`.
        context: Completes the name of an agent.
        wanted: The token that is added.
        as_json: Print for machines.

    Raises:
        ConfigError: The words mean nothing, or the name is wrong.
    """
    file = token_file()
    match words:
        case ["add", name]:
            agent = None if wanted.agent is None else context.full_name(wanted.agent)
            secret = file.add(name, Role(wanted.role or Role.VIEWER), agent, wanted.expires)
            made: NewTokenDocument = {"name": name, "secret": secret}
            print(json.dumps(made) if as_json else secret)
        case ["list"] | []:
            _list(file, as_json=as_json)
        case ["revoke", name]:
            if not push_file().remove(lambda each: each.name == name):
                _revoke(file, name)
            print(f"revoked {name}")
        case _:
            raise ConfigError(wrong_words(["tokens", *words]))


def _revoke(file: TokenFile, name: str) -> None:
    if not session_file().revoke_share(name):
        file.revoke(name)


def token_file() -> TokenFile:
    """Return the tokens of this user.

    Raises:
        ConfigError: There is no place for them.
    """
    return TokenFile(web_state() / "web-tokens.json", epoch_s)


def web_state() -> Path:
    """Return the directory of what the web keeps of this user.

    Raises:
        ConfigError: There is no place for it.
    """
    state = state_directory(os.environ)
    if state is None:
        message = "HOME is not set: set it, or XDG_STATE_HOME, to keep tokens and the audit log"
        raise ConfigError(message)
    return state


def push_file() -> PushFile:
    """Return the browsers of this user that take notifications.

    Raises:
        ConfigError: There is no place for them.
    """
    return PushFile(web_state() / "web-push.json", epoch_s)


def session_file() -> SessionFile:
    """Return the sessions of this user's servers, and what was shared by a link.

    Raises:
        ConfigError: There is no place for them.
    """
    return SessionFile(web_state() / "web-sessions.json", epoch_s)


def _list(file: TokenFile, *, as_json: bool) -> None:
    grants = [token.grant() for token in file.tokens()]
    grants += session_file().shares()
    browsers = [Grant(b.name, Role.VIEWER, b.expires_s) for b in push_file().subscriptions()]
    grants += browsers
    if as_json:
        told: list[TokenDocument] = [
            {
                "name": grant.name,
                "role": grant.role,
                "agent": grant.agent,
                "expires_s": round(grant.expires_s - epoch_s()),
                "shared": grant.token is None and grant not in browsers,
                "push": grant in browsers,
            }
            for grant in grants
        ]
        print(json.dumps(told))
        return
    if not grants:
        print("no tokens: oma web tokens add NAME makes one")
    for grant in grants:
        left = ago(max(1.0, grant.expires_s - epoch_s()))
        about = f" for {grant.agent}" if grant.agent else ""
        shared = ", by a link" if grant.token is None else ""
        shared = ", notifications" if grant in browsers else shared
        print(f"{grant.name:<20}  {grant.role:<8}  {left:>4} left{about}{shared}")
