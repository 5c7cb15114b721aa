"""Posts to services of the web; the one import site of httpx."""

from collections.abc import Mapping

import attrs
import httpx

from oma.errors import NotifyError
from oma.runtime.notify.channel import PATIENCE_S


@attrs.define
class HttpPost:
    """What posts; it follows no redirection, and of an answer it reads the status and headers alone."""

    _client: httpx.AsyncClient = attrs.Factory(lambda: httpx.AsyncClient(timeout=PATIENCE_S))

    async def status_of(self, url: str, headers: Mapping[str, str], content: bytes) -> int:
        """Post something and return the status of the answer.

        Raises:
            NotifyError: There was no answer; the text names no address.
        """
        try:
            request = self._client.stream("POST", url, headers=dict(headers), content=content)
            async with request as answer:
                return answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            raise NotifyError(type(failure).__name__) from None
