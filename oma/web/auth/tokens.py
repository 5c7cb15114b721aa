"""Tokens: secrets to log in with, again and again, until they expire or are revoked.

The file holds their hashes and nothing to log in with; its owner alone reads it. The
command line writes it while a server runs, which therefore looks at it again when it has changed.
"""

import hmac
import json
import secrets
from collections.abc import Callable
from pathlib import Path

import attrs

from oma.errors import ConfigError, OmaError
from oma.files.locked_file import LockedFile, Stamp
from oma.web.auth.login_sessions import Grant, digest
from oma.web.auth.roles import Role

NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
LONGEST_NAME = 64


@attrs.frozen
class Token:
    """One token, without its secret."""

    name: str
    role: Role
    agent: str | None
    created_s: float
    expires_s: float
    """In seconds since the epoch, as the line before."""
    sha256: str = attrs.field(repr=False)

    def grant(self) -> Grant:
        """Return what it gives."""
        return Grant(self.name, self.role, self.expires_s, self.agent, self.name, self.sha256)


@attrs.define
class TokenFile:
    """The tokens of this user, in a file.

    Args:
        path: Of the file; it and its directory are made with the first token.
        now_s: Seconds since the epoch.
    """

    path: Path
    now_s: Callable[[], float]
    _tokens: tuple[Token, ...] = ()
    _seen: Stamp | None = None

    def tokens(self) -> tuple[Token, ...]:
        """Return those that have not expired, as the file has them now.

        Raises:
            OmaError: The file cannot be read, or is not ours.
        """
        self._look()
        now_s = self.now_s()
        return tuple(token for token in self._tokens if token.expires_s > now_s)

    def find(self, secret: str) -> Token | None:
        """Return the token with this secret. Takes as long whichever it is.

        Raises:
            OmaError: As for `tokens`.
        """
        presented = digest(secret).hex()
        found = None
        for token in self.tokens():
            if hmac.compare_digest(token.sha256, presented):
                found = token
        return found

    def add(self, name: str, role: Role, agent: str | None, lasts_s: float) -> str:
        """Make a token and return its secret, which is not kept.

        Raises:
            ConfigError: The name is none, or is taken.
            OmaError: The file cannot be written.
        """
        check_name(name)
        secret = secrets.token_urlsafe(32)
        now_s = self.now_s()
        token = Token(name, role, agent, now_s, now_s + lasts_s, digest(secret).hex())
        with self._file.alone():
            known = self.tokens()
            if any(other.name == name for other in known):
                message = f"there is a token {name!r} already; revoke it, or choose another name"
                raise ConfigError(message)
            self._write((*known, token))
        return secret

    def revoke(self, name: str) -> None:
        """Take a token back.

        Raises:
            ConfigError: There is none of that name.
            OmaError: The file cannot be written.
        """
        with self._file.alone():
            known = self.tokens()
            kept = tuple(token for token in known if token.name != name)
            if kept == known:
                names = ", ".join(token.name for token in known) or "none"
                raise ConfigError(f"no token {name!r}; there are: {names}")
            self._write(kept)

    @property
    def _file(self) -> LockedFile:
        return LockedFile(self.path, is_private=True)

    def _look(self) -> None:
        seen = self._file.stamp()
        if seen is None or seen != self._seen:  # what cannot be read says so
            self._tokens, self._seen = self._parse(self._file.read_bytes()), seen

    def _parse(self, text: bytes | None) -> tuple[Token, ...]:
        if text is None:
            return ()
        try:
            found = json.loads(text)
            return tuple(Token(**{**each, "role": Role(each["role"])}) for each in found["tokens"])
        except (ValueError, TypeError, KeyError):
            raise OmaError(f"{self.path}: damaged: remove it and add the tokens anew") from None

    def _write(self, tokens: tuple[Token, ...]) -> None:
        text = json.dumps({"tokens": [attrs.asdict(token) for token in tokens]}, indent=1)
        self._file.replace(f"{text}\n".encode())


def check_name(name: str) -> None:
    """Refuse what is no name of a token.

    Raises:
        ConfigError: It is none.
    """
    if not (0 < len(name) <= LONGEST_NAME and set(name) <= NAME_CHARACTERS):
        message = f"name {name!r}: expected letters, digits, '_' and '-', at most {LONGEST_NAME}"
        raise ConfigError(message)
