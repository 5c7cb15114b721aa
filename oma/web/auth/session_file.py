"""What lets logins outlive a restart, and `oma web link` reach a server that runs.

One file for all servers of this user. It holds hashes, and nothing to log in with.
"""

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import attrs

from oma.errors import OmaError
from oma.files.locked_file import LockedFile, Stamp
from oma.web.auth.login_sessions import Grant, Kept, KeptSession, KeptShare, digest
from oma.web.auth.roles import Role

LINK_S = 900.0
"""How long an address that `oma web link` prints may be used, once."""

_Kept = TypeVar("_Kept", KeptSession, KeptShare)
_Content = dict[str, dict[str, Any]]  # by the server's place; what JSON gave


@attrs.frozen
class RunningServer:
    """A server of this user that runs."""

    place: str
    """Where it listens: `127.0.0.1:8420`, or the path of a socket."""
    origin: str
    """What users call it."""


@attrs.define
class SessionFile:
    """The file of sessions, as one server or the command line uses it.

    Args:
        path: Of the file.
        now_s: Seconds since the epoch.
    """

    path: Path
    now_s: Callable[[], float]
    _seen: Stamp | None = None
    _revoked: tuple[str, ...] = ()

    def load(self, place: str) -> Kept:
        """Return what the last server of a place kept.

        Raises:
            OmaError: The file cannot be read, is damaged, or is not ours.
        """
        found = self._read().get(place, {})
        revoked = frozenset(found.get("revoked", ()))
        try:
            sessions = tuple(_made(KeptSession, each) for each in found.get("sessions", ()))
            shares = tuple(_made(KeptShare, each) for each in found.get("shares", ()))
            return Kept(
                tuple(each for each in sessions if each.grant.name not in revoked),
                tuple(each for each in shares if each.grant.name not in revoked),
            )
        except (ValueError, TypeError, KeyError):
            raise self._damaged() from None

    def save(self, server: RunningServer, kept: Kept, *, runs: bool = True) -> None:
        """Write what is to outlive a server; what others keep stays.

        Raises:
            OmaError: The file cannot be written.
        """
        with self._file.alone():
            content = self._pruned(self._read())
            links = content.get(server.place, {}).get("links", [])
            names = {each.grant.name for each in kept.sessions}
            names |= {each.grant.name for each in kept.shares}
            revoked = content.get(server.place, {}).get("revoked", [])
            content[server.place] = {
                "origin": server.origin,
                "process": os.getpid() if runs else None,
                "sessions": [attrs.asdict(session) for session in kept.sessions],
                "shares": [attrs.asdict(share) for share in kept.shares],
                "links": links,
                "revoked": [name for name in revoked if name in names],
            }
            self._write(content)

    def running(self) -> tuple[RunningServer, ...]:
        """Return the servers that run.

        Raises:
            OmaError: As for `load`.
        """
        return tuple(
            RunningServer(place, str(found.get("origin", "")))
            for place, found in self._read().items()
            if _is_alive(found.get("process"))
        )

    def add_link(self, server: RunningServer, role: Role = Role.ADMIN) -> str:
        """Return a code that logs the owner in to a server in a role, once and within `LINK_S`.

        Raises:
            OmaError: The file cannot be written.
        """
        code = secrets.token_urlsafe(18)
        with self._file.alone():
            content = self._read()
            links = content.setdefault(server.place, {}).setdefault("links", [])
            expires_s = self.now_s() + LINK_S
            link = {"code_sha256": digest(code).hex(), "expires_s": expires_s, "role": role}
            links.append(link)
            self._write(content)
        return code

    def take_link(self, place: str, code: str) -> Role | None:
        """Use a code of `add_link` up and return its role; `None` where it was none.

        Raises:
            OmaError: The file cannot be written.
        """
        presented = digest(code).hex()
        if presented.encode() not in (self._file.read_bytes() or b""):
            return None
        with self._file.alone():
            content = self._pruned(self._read())
            links = content.get(place, {}).get("links", [])
            others = [link for link in links if link["code_sha256"] != presented]
            if len(others) == len(links):
                return None
            (link,) = (link for link in links if link not in others)
            content[place]["links"] = others
            self._write(content)
        return Role(link.get("role", Role.ADMIN))

    def shares(self) -> tuple[Grant, ...]:
        """Return what every server shared and nobody took back, used or not.

        Raises:
            OmaError: As for `load`.
        """
        now_s = self.now_s()
        return tuple(
            share.grant
            for place in self._read()
            for share in self.load(place).shares
            if share.grant.expires_s > now_s
        )

    def revoke_share(self, name: str) -> bool:
        """Take back what was shared under a name; a server that runs ends it within a second or so.

        Returns:
            Whether there was such a share.

        Raises:
            OmaError: The file cannot be read or written.
        """
        with self._file.alone():
            content = self._pruned(self._read())
            of_name = [
                found
                for found in content.values()
                if any(share["grant"]["name"] == name for share in found.get("shares", ()))
            ]
            for found in of_name:
                found["revoked"] = [*found.get("revoked", ()), name]
            if of_name:
                self._write(content)
        return bool(of_name)

    def revoked(self, place: str) -> tuple[str, ...]:
        """Return the names of shares that were taken back while the server of a place runs.

        Raises:
            OmaError: As for `load`.
        """
        seen = self._file.stamp()
        if seen is None or seen != self._seen:  # what cannot be read says so
            self._revoked = tuple(self._read().get(place, {}).get("revoked", ()))
            self._seen = seen
        return self._revoked

    @property
    def _file(self) -> LockedFile:
        return LockedFile(self.path, is_private=True)

    def _write(self, content: _Content) -> None:
        self._file.replace(f"{json.dumps({'servers': content}, indent=1)}\n".encode())

    def _read(self) -> _Content:
        text = self._file.read_bytes()
        try:
            found: _Content = {} if text is None else json.loads(text)["servers"]
            if all(isinstance(each, dict) for each in found.values()):
                return found
        except (ValueError, TypeError, KeyError, AttributeError):
            pass
        raise self._damaged()

    def _pruned(self, content: _Content) -> _Content:
        """Leave out links that have expired, and servers of which nothing is left."""
        now_s = self.now_s()
        try:
            for found in content.values():
                links = found.get("links", [])
                found["links"] = [link for link in links if link["expires_s"] > now_s]
            return {
                place: found
                for place, found in content.items()
                if _is_alive(found.get("process"))
                or any(
                    each["grant"]["expires_s"] > now_s
                    for each in (*found.get("sessions", ()), *found.get("shares", ()))
                )
            }
        except (TypeError, KeyError):
            raise self._damaged() from None

    def _damaged(self) -> OmaError:
        return OmaError(f"{self.path}: damaged: remove it; everybody then logs in anew")


def _made(kind: type[_Kept], found: dict[str, Any]) -> _Kept:
    grant = Grant(**{**found["grant"], "role": Role(found["grant"]["role"])})
    return kind(**{**found, "grant": grant})


def _is_alive(process: object) -> bool:
    if not isinstance(process, int) or process <= 0:
        return False
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
