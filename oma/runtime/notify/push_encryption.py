"""The keys and the encryption of Web Push (RFC 8291, 8292); the one import site of cryptography, http-ece and py-vapid."""

import base64
import binascii
from collections.abc import Mapping

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from oma.errors import NotifyError
from oma.notify.push_subscription import PushSubscription

VALID_S = 12 * 3600.0
"""How long a push service may take an authorization for good; 24 hours at most."""

CONTACT = "https://github.com/oma-tmux/oma"
"""Whom the people of a push service may ask about what sends there."""


def new_private_key() -> str:
    """Return a key that this server is known by to push services, in PEM."""
    keys = Vapid02()
    keys.generate_keys()
    pem: bytes = keys.private_pem()
    return pem.decode("ascii")


def public_key(private_key: str) -> str:
    """Return what browsers are told of a private key: base64url of the point, uncompressed.

    Raises:
        ValueError: It is no key.
    """
    point = _keys(private_key).public_key.public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode("ascii")


def authorization(private_key: str, origin: str, now_s: float) -> Mapping[str, str]:
    """Return the header by which a push service knows this server.

    Args:
        private_key: Of this server.
        origin: Of the push service.
        now_s: Seconds since the epoch.

    Raises:
        ValueError: The private key is none.
    """
    claims = {"sub": CONTACT, "aud": origin, "exp": int(now_s + VALID_S)}
    header: Mapping[str, str] = _keys(private_key).sign(claims)
    return header


def encrypted(content: bytes, subscription: PushSubscription) -> bytes:
    """Return a body that the browser alone can read.

    Raises:
        NotifyError: The keys of the subscription are none.
    """
    try:
        body: bytes = http_ece.encrypt(
            content,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=_decoded(subscription.p256dh, 65),
            auth_secret=_decoded(subscription.auth, 16),
            version="aes128gcm",
        )
    except (ValueError, http_ece.ECEException):
        raise NotifyError("the keys of this browser are damaged") from None
    return body


def _keys(private_key: str) -> Vapid02:
    keys = Vapid02.from_pem(private_key.encode("ascii"))
    keys.conf = {"no-strict": True}  # else the contact may have no path
    return keys


def _decoded(text: str, length: int) -> bytes:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("not base64url") from None
    if len(data) != length:
        raise ValueError("another length")
    return data
