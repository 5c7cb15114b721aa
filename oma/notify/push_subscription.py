"""Where a browser takes notifications (Web Push): an address of its maker's, and what only it can decrypt.

>>> endpoint_problem("https://fcm.googleapis.com/fcm/send/x", ())
''
>>> endpoint_problem("https://192.168.1.1/admin", ())
'192.168.1.1 is no push service that is known: [notify] push_hosts names others'
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import attrs

SERVICES = (
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".notify.windows.com",
    ".push.apple.com",
)
"""Hosts of the browsers' makers; one that begins with a dot stands for all names below it."""

LONGEST_ENDPOINT = 1024


@attrs.frozen
class PushSubscription:
    """One browser. Who knows the endpoint and both keys can send to it."""

    endpoint: str = attrs.field(repr=False)
    p256dh: str = attrs.field(repr=False)
    """The browser's public key, base64url."""
    auth: str = attrs.field(repr=False)
    """A secret of the browser's, base64url."""
    holder: str
    """The name of whoever subscribed."""
    expires_s: float
    """In seconds since the epoch."""
    token_sha256: str | None = attrs.field(default=None, repr=False)
    """Of the token that the login rested on; the subscription ends with it."""

    @property
    def name(self) -> str:
        """What users call it: the same for as long as the browser keeps its endpoint."""
        return f"push-{sha256(self.endpoint.encode()).hexdigest()[:8]}"

    @property
    def host(self) -> str:
        """The push service."""
        return urlsplit(self.endpoint).hostname or ""


def subscription_of(found: Mapping[str, Any]) -> PushSubscription:
    """Return the subscription that `attrs.asdict` made this of.

    Raises:
        TypeError: It made something else.
        ValueError: As above.
    """
    made = PushSubscription(**found)
    texts = (made.endpoint, made.p256dh, made.auth, made.holder)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("texts expected")
    float(made.expires_s)
    return made


def endpoint_problem(endpoint: str, hosts: Sequence[str]) -> str:
    """Return why nothing is sent to an endpoint, on one line; empty where it may be.

    A browser names it, and this machine then sends there: so it has to be a push service.

    Args:
        endpoint: As the browser told it.
        hosts: Push services beside `SERVICES`, as the user configured them: `HOST` or `HOST:PORT`.
    """
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable():
        return "expected the address of a push service"
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        return "expected the address of a push service"
    if parts.scheme != "https" or not host or parts.username is not None or " " in endpoint:
        return "expected the https address of a push service"
    place = host if port == 443 else f"{host}:{port}"
    if place in hosts or any(_is_service(place, service) for service in SERVICES):
        return ""
    return f"{place} is no push service that is known: [notify] push_hosts names others"


def _is_service(place: str, service: str) -> bool:
    return place.endswith(service) if service.startswith(".") else place == service
