"""Notifications over HTTP: ntfy, Slack, Discord, Telegram, or a service of the user; the one import site of httpx."""

from pathlib import Path
from typing import ClassVar

import attrs
import httpx

from oma.errors import NotifyError
from oma.notify.message import Message
from oma.notify.webhook_request import parse_secret, request_for
from oma.runtime.notify.channel import PATIENCE_S
from oma.runtime.notify.secret_file import read_secret_file


@attrs.define
class WebhookChannel:
    """One webhook; its connection is kept between messages.

    Args:
        service: As of `request_for`.
        secret_file: Says where it is; read for each message.
    """

    service: str
    secret_file: Path
    name: ClassVar[str] = "webhook"
    _client: httpx.AsyncClient = attrs.Factory(lambda: httpx.AsyncClient(timeout=PATIENCE_S))

    async def send(self, message: Message) -> str:
        """Post the message.

        Raises:
            NotifyError: It was not taken; the text names no address.
            ConfigError: The secret file is wrong.
        """
        secret = parse_secret(read_secret_file(self.secret_file), str(self.secret_file))
        request = request_for(self.service, secret, message)
        try:
            answer = await self._client.post(
                request.url, headers=dict(request.headers), content=request.content
            )
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            raise NotifyError(f"{self.service}: {type(failure).__name__}") from None
        if not answer.is_success:
            raise NotifyError(f"{self.service} answered {answer.status_code}")
        return self.service
