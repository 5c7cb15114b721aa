import base64
import json

import attrs
import pytest

for package in ("http_ece", "py_vapid"):
    pytest.importorskip(package, reason="the extra oma-tmux[push] is not installed")

from py_vapid import Vapid02  # noqa: E402

from oma.errors import NotifyError  # noqa: E402
from oma.runtime.notify.push_encryption import (  # noqa: E402
    VALID_S,
    authorization,
    encrypted,
    new_private_key,
    public_key,
)
from tests.support.push_service import PushBrowser  # noqa: E402

BROWSER = PushBrowser("https://push.example.org/a")


def test_the_browser_alone_reads_what_is_sent():
    body = encrypted(b'{"title": "x"}', BROWSER.subscription())

    assert b"title" not in body
    assert BROWSER.read(body) == {"title": "x"}
    assert body != encrypted(b'{"title": "x"}', BROWSER.subscription())


def test_a_push_service_gets_a_signature_for_itself_that_ends():
    key = new_private_key()
    header = authorization(key, "https://push.example.org", 1000.0)["Authorization"]

    assert Vapid02.verify(header)
    assert header.endswith(f"k={public_key(key)}")
    claims = header.partition("t=")[2].split(".")[1]
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (told["aud"], told["exp"]) == ("https://push.example.org", 1000 + VALID_S)


def test_keys_that_are_none_are_said():
    good = BROWSER.subscription()
    wrong = ("", "x", "A" * 87, good.p256dh[:-2], "é" * 87)

    for each in wrong:
        with pytest.raises(NotifyError, match="damaged"):
            encrypted(b"x", attrs.evolve(good, p256dh=each))
    with pytest.raises(NotifyError, match="damaged"):
        encrypted(b"x", attrs.evolve(good, auth="AAAA"))
    with pytest.raises(ValueError, match=r"."):
        public_key("no key")
