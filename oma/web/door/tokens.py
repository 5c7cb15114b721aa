"""Tokens: secrets that let people in again and again, until they expire or are revoked.

The file holds their hashes and nothing that would let anybody in; its owner alone reads it. The
command line writes it while a server runs, which therefore looks at it again when it has changed.
"""

import fcntl
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from oma.errors import ConfigError, OmaError
from oma.web.door.roles import Role
from oma.web.door.sessions import Grant, digest

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
        return Grant(self.name, self.role, self.expires_s, self.agent, self.name)


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
    _seen: tuple[int, int, int] | None = None

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
        with self._locked():
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
        with self._locked():
            known = self.tokens()
            kept = tuple(token for token in known if token.name != name)
            if kept == known:
                names = ", ".join(token.name for token in known) or "none"
                message = f"no token {name!r}; there are: {names}"
                raise ConfigError(message)
            self._write(kept)

    def _look(self) -> None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            self._tokens, self._seen = (), None
            return
        except OSError as failure:
            raise _cannot(self.path, "read", failure) from None
        seen = (status.st_ino, status.st_mtime_ns, status.st_size)
        if seen == self._seen:
            return
        if status.st_uid != os.getuid() or status.st_mode & 0o077:
            message = f"{self.path}: others can read or write it; 'chmod 600' it, or remove it"
            raise OmaError(message)
        self._tokens, self._seen = self._read(), seen

    def _read(self) -> tuple[Token, ...]:
        try:
            found = json.loads(self.path.read_bytes())
            return tuple(Token(**{**each, "role": Role(each["role"])}) for each in found["tokens"])
        except OSError as failure:
            raise _cannot(self.path, "read", failure) from None
        except (ValueError, TypeError, KeyError):
            message = f"{self.path}: damaged: remove it and add the tokens anew"
            raise OmaError(message) from None

    def _write(self, tokens: tuple[Token, ...]) -> None:
        text = json.dumps({"tokens": [attrs.asdict(token) for token in tokens]}, indent=1)
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                os.fchmod(descriptor, 0o600)
                stream.write(text + "\n")
                stream.flush()
                os.fsync(descriptor)
            beside.replace(self.path)
        except OSError as failure:
            with suppress(OSError):
                beside.unlink()
            raise _cannot(self.path, "write", failure) from None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path.with_name(f"{self.path.name}.lock"), os.O_CREAT, 0o600)
        except OSError as failure:
            raise _cannot(self.path, "write", failure) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def check_name(name: str) -> None:
    """Refuse what is no name of a token.

    Raises:
        ConfigError: It is none.
    """
    if not (0 < len(name) <= LONGEST_NAME and set(name) <= NAME_CHARACTERS):
        message = f"name {name!r}: expected letters, digits, '_' and '-', at most {LONGEST_NAME}"
        raise ConfigError(message)


def _cannot(path: Path, verb: str, failure: OSError) -> OmaError:
    return OmaError(f"{path}: cannot {verb}: {(failure.strerror or str(failure)).lower()}")
