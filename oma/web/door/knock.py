"""The questions at the door, for every request: which host, from which page, by whom.

Pure: what a request says of itself, and whether it is let in. Cross-site requests and rebound
names end here, before any route has seen them.
"""

from enum import Enum, auto
from urllib.parse import urlsplit

import attrs

from oma.web.door.address import Address
from oma.web.request_error import RequestError

SAFE_METHODS = frozenset({"GET", "HEAD"})

PUBLIC = frozenset({("GET", "/"), ("HEAD", "/"), ("GET", "/login"), ("POST", "/api/login")})
"""What a stranger may ask for: the page, which holds nothing but code, and to log in."""

WITHOUT_SECRET = frozenset({"/api/login", "/api/session/secret"})
"""Writes that come before there is a secret."""


class Way(Enum):
    """How somebody shows who they are."""

    NONE = auto()
    COOKIE = auto()
    BEARER = auto()  # a token with the request: no browser sends that by itself


@attrs.frozen
class Knock:
    """What a request says of itself."""

    method: str
    path: str
    hosts: tuple[str, ...]
    """Every `Host` header."""
    origins: tuple[str, ...] = ()
    """Every `Origin` header: the page that a browser asks for."""
    way: Way = Way.NONE
    knows_secret: bool = False
    websocket: bool = False

    @property
    def public(self) -> bool:
        """Anybody may ask for it."""
        code = self.path.startswith("/assets/") and self.method in SAFE_METHODS
        return not self.websocket and (code or (self.method, self.path) in PUBLIC)


def objection_to(knock: Knock, address: Address) -> RequestError | None:
    """Return why a request is not let in; `None` where it is."""
    if len(knock.hosts) != 1 or knock.hosts[0].lower() not in address.hosts:
        return RequestError(421, "this server is not known by that name: see --origin")
    from_page = knock.origins or (knock.way is not Way.BEARER and _writes(knock))
    if from_page and not _is_ours(knock, address):
        return RequestError(403, "refused: the request comes from a page of another origin")
    if knock.websocket and knock.way is Way.BEARER:
        return RequestError(403, "a WebSocket needs the cookie and the secret of a page")
    if knock.way is Way.NONE and not knock.public:
        return RequestError(
            401, "log in first: open the address that 'oma web' printed, or use a token"
        )
    needs_secret = knock.way is not Way.BEARER and _writes(knock)
    if needs_secret and not knock.knows_secret and knock.path not in WITHOUT_SECRET:
        return RequestError(403, "the secret of this login is missing or wrong: log in again")
    return None


def _writes(knock: Knock) -> bool:
    return knock.websocket or knock.method not in SAFE_METHODS


def _is_ours(knock: Knock, address: Address) -> bool:
    if len(knock.origins) != 1:
        return False
    (origin,) = knock.origins
    same_host = urlsplit(origin).netloc == knock.hosts[0].lower()
    return origin in address.origins and same_host
