import json

import pytest

httpx = pytest.importorskip("httpx", reason="the extra oma-tmux[notify] is not installed")

from oma.errors import ConfigError, NotifyError  # noqa: E402
from oma.runtime.notify.http_post import HttpPost  # noqa: E402
from oma.runtime.notify.webhook_channel import WebhookChannel  # noqa: E402

URL = "https://example.org/secret-path"


@pytest.fixture
def channel(tmp_path):
    """Return a webhook that is answered by a function."""
    file = tmp_path / "webhook"
    file.write_text(f"{URL}\ntk_1\n")
    file.chmod(0o600)

    def make(answer):
        client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        return WebhookChannel("json", file, HttpPost(client))

    return make


async def test_the_document_is_posted_with_the_token(channel, message):
    asked = []

    def answer(request):
        asked.append(request)
        return httpx.Response(204)

    assert await channel(answer).send(message) == "json"
    (request,) = asked
    assert (request.method, str(request.url)) == ("POST", URL)
    assert request.headers["authorization"] == "Bearer tk_1"
    assert json.loads(request.content) == {"kind": "news"}


@pytest.mark.parametrize("status", [302, 403, 500])
async def test_what_is_not_taken_is_said_and_no_redirection_is_followed(channel, message, status):
    headers = {"location": "https://elsewhere.example.org"}

    with pytest.raises(NotifyError, match=f"^json answered {status}$"):
        await channel(lambda _request: httpx.Response(status, headers=headers)).send(message)


async def test_a_failure_names_no_address(channel, message):
    def answer(request):
        raise httpx.ConnectError(f"cannot reach {request.url}")

    with pytest.raises(NotifyError, match=r"^json: ConnectError$"):
        await channel(answer).send(message)


async def test_a_secret_file_that_is_wrong_is_said(channel, message, tmp_path):
    (tmp_path / "webhook").chmod(0o644)

    with pytest.raises(ConfigError, match="chmod 600"):
        await channel(lambda _request: httpx.Response(200)).send(message)
