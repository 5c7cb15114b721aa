"""Notifications to browsers that asked for them, by the push services of their makers (Web Push)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar
from urllib.parse import urlsplit

import attrs
import trio

from oma.errors import NotifyError
from oma.notify.message import Message
from oma.notify.push_payload import PushPayload, push_payload
from oma.notify.push_subscription import PushSubscription, endpoint_problem
from oma.runtime.notify.http_post import HttpPost
from oma.runtime.notify.push_encryption import authorization, encrypted
from oma.runtime.notify.push_file import PushFile

KEPT_S = 4 * 3600
"""How long a push service keeps what it cannot deliver yet."""

_GONE = frozenset({404, 410})
"""The browser has ended its subscription."""


@attrs.define
class PushChannel:
    """All browsers of this user.

    Args:
        file: Knows them.
        hosts: Push services beside those of the browsers' makers.
        holds: Says whether the login that a subscription rests on is good still.
    """

    file: PushFile
    hosts: Sequence[str]
    holds: Callable[[PushSubscription], bool]
    name: ClassVar[str] = "push"
    _http: HttpPost = attrs.Factory(HttpPost)

    async def send(self, message: Message) -> str:
        """Send the message to every browser at once.

        Raises:
            NotifyError: No browser asked for it, or one could not be reached; the text names hosts alone.
            OmaError: The file of browsers, or that of tokens, cannot be read.
        """
        all_of_them = self.file.subscriptions()
        browsers = [each for each in all_of_them if self._may_have(each)]
        self._remove([each for each in all_of_them if each not in browsers])
        if not browsers:
            raise NotifyError("no browser asked for it: press the bell on the page of oma web")
        payload, key = push_payload(message), self.file.private_key()
        failures: list[str] = []
        gone: list[PushSubscription] = []

        async def send_to(browser: PushSubscription) -> None:
            try:
                status = await self._status(browser, payload, key)
            except NotifyError as failure:
                failures.append(f"{browser.host}: {failure}")
                return
            if status in _GONE:
                gone.append(browser)
            elif not 200 <= status < 300:
                failures.append(f"{browser.host} answered {status}")

        async with trio.open_nursery() as nursery:
            for browser in browsers:
                nursery.start_soon(send_to, browser)
        self._remove(gone)
        return _result([each for each in browsers if each not in gone], failures)

    def _may_have(self, browser: PushSubscription) -> bool:
        return self.holds(browser) and not endpoint_problem(browser.endpoint, self.hosts)

    async def _status(self, browser: PushSubscription, payload: PushPayload, key: str) -> int:
        parts = urlsplit(browser.endpoint)
        try:
            known_by = authorization(key, f"https://{parts.netloc}", self.file.now_s())
        except ValueError:
            raise NotifyError(f"{self.file.path}: damaged") from None
        headers = {
            **known_by,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT_S),
            "Topic": payload.topic,
            "Urgency": "high",
        }
        content = encrypted(payload.content, browser)
        return await self._http.status_of(browser.endpoint, headers, content)

    def _remove(self, those: Sequence[PushSubscription]) -> None:
        if those:
            self.file.remove(partial(_is_one_of, frozenset(each.endpoint for each in those)))


def _is_one_of(endpoints: frozenset[str], subscription: PushSubscription) -> bool:
    return subscription.endpoint in endpoints


def _result(browsers: Sequence[PushSubscription], failures: Sequence[str]) -> str:
    """Return to how many browsers it went.

    Raises:
        NotifyError: There are none any more, or one could not be reached.
    """
    count = "1 browser" if len(browsers) == 1 else f"{len(browsers)} browsers"
    if failures:
        raise NotifyError(f"{', '.join(sorted(set(failures)))}: of {count}")
    if not browsers:
        raise NotifyError("no browser takes it any more: press the bell on the page again")
    return count
