"""Notifications over HTTP: ntfy, Slack, Discord, Telegram, or a service of the user."""

from pathlib import Path
from typing import ClassVar

import attrs

from oma.errors import NotifyError
from oma.notify.message import Message
from oma.notify.webhook_request import parse_secret, request_for
from oma.runtime.notify.http_post import HttpPost
from oma.runtime.notify.secret_file import read_secret_file


@attrs.define
class WebhookChannel:
    """One webhook.

    Args:
        service: As of `request_for`.
        secret_file: Says where it is; read for each message.
    """

    service: str
    secret_file: Path
    name: ClassVar[str] = "webhook"
    _http: HttpPost = attrs.Factory(HttpPost)

    async def send(self, message: Message) -> str:
        """Post the message.

        Raises:
            NotifyError: It was not taken; the text names no address.
            ConfigError: The secret file is wrong.
        """
        secret = parse_secret(read_secret_file(self.secret_file), str(self.secret_file))
        request = request_for(self.service, secret, message)
        try:
            status = await self._http.status_of(request.url, request.headers, request.content)
        except NotifyError as failure:
            raise NotifyError(f"{self.service}: {failure}") from None
        if not 200 <= status < 300:
            raise NotifyError(f"{self.service} answered {status}")
        return self.service
