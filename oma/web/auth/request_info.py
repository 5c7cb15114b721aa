"""What is checked of every request: which host, from which page, by whom.

Pure: what a request says of itself, and why it is refused. Cross-site requests and rebound
names end here, before any route has seen them.
"""

from enum import Enum, auto
from itertools import product

import attrs

from oma.web.auth.web_address import Address
from oma.web.request_error import RequestError

SAFE_METHODS = frozenset({"GET", "HEAD"})

PAGES = ("/", "/login")
"""Where the page is: it holds nothing but code, and asks a stranger to log in."""

CODE = "/service-worker.js"
"""The one file of the page beside `assets/`: what a service worker may keep lies below its own path."""

PUBLIC = frozenset({*product(SAFE_METHODS, (*PAGES, CODE)), ("POST", "/api/login")})
"""What a stranger may ask for: the page, which holds nothing but code, and to log in."""

WITHOUT_SECRET = frozenset({"/api/login"})
"""Writes that come before there is a secret."""


class AuthMethod(Enum):
    """How somebody shows who they are."""

    NONE = auto()
    COOKIE = auto()
    BEARER = auto()  # a token with the request: no browser sends that by itself


@attrs.frozen
class RequestInfo:
    """What a request says of itself."""

    method: str
    path: str
    hosts: tuple[str, ...]
    """Every `Host` header."""
    origins: tuple[str, ...] = ()
    """Every `Origin` header: the page that a browser asks for."""
    auth_method: AuthMethod = AuthMethod.NONE
    knows_secret: bool = False
    websocket: bool = False

    @property
    def public(self) -> bool:
        """Anybody may ask for it."""
        code = self.path.startswith("/assets/") and self.method in SAFE_METHODS
        return not self.websocket and (code or (self.method, self.path) in PUBLIC)


def check_request(request_info: RequestInfo, address: Address) -> RequestError | None:
    """Return why a request is refused; `None` where it is not."""
    hosts = request_info.hosts
    if len(hosts) != 1 or not address.knows_host(hosts[0].lower()):
        return RequestError(421, "this server is not known by that name: see --origin")
    from_page = request_info.origins or (
        request_info.auth_method is not AuthMethod.BEARER and _writes(request_info)
    )
    if from_page and not _is_ours(request_info, address):
        return RequestError(403, "refused: the request comes from a page of another origin")
    if request_info.websocket and request_info.auth_method is AuthMethod.BEARER:
        return RequestError(403, "a WebSocket needs the cookie and the secret of a page")
    if request_info.auth_method is AuthMethod.NONE and not request_info.public:
        return RequestError(
            401, "log in first: open the address that 'oma web' printed, or use a token"
        )
    needs_secret = request_info.auth_method is not AuthMethod.BEARER and _writes(request_info)
    if needs_secret and not request_info.knows_secret and request_info.path not in WITHOUT_SECRET:
        return RequestError(403, "the secret of this login is missing or wrong: log in again")
    return None


def _writes(request_info: RequestInfo) -> bool:
    return request_info.websocket or request_info.method not in SAFE_METHODS


def _is_ours(request_info: RequestInfo, address: Address) -> bool:
    if len(request_info.origins) != 1:
        return False
    return address.knows_origin(request_info.origins[0], request_info.hosts[0].lower())
