import ssl

import pytest

for package in ("http_ece", "httpx", "py_vapid"):
    pytest.importorskip(package, reason="the extra oma-tmux[push] is not installed")

import httpx  # noqa: E402

from oma.errors import NotifyError  # noqa: E402
from oma.runtime.notify.http_post import HttpPost  # noqa: E402
from oma.runtime.notify.push_channel import PushChannel  # noqa: E402
from oma.runtime.notify.push_file import PushFile  # noqa: E402
from tests.support.push_service import PushBrowser, push_service  # noqa: E402

HOSTS = ("push.example.org", "other.example.org")


@pytest.fixture
def channel(tmp_path):
    """Return a channel whose push services answer by a function of the request."""

    def make(answer, holds=lambda _browser: True, hosts=HOSTS):
        client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        file = PushFile(tmp_path / "web-push.json", lambda: 50.0)
        return PushChannel(file, hosts, holds, HttpPost(client))

    return make


def subscribed(channel, *endpoints, **fields):
    browsers = [PushBrowser(f"https://{endpoint}") for endpoint in endpoints]
    for each in browsers:
        channel.file.add(each.subscription(**fields))
    return browsers


async def test_a_push_service_gets_what_the_browser_alone_reads(tmp_path, message):
    async with push_service(tmp_path) as service:
        context = ssl.create_default_context(cafile=str(service.certificate))
        file = PushFile(tmp_path / "web-push.json", lambda: 50.0)
        place = service.origin.removeprefix("https://")
        async with httpx.AsyncClient(verify=context, trust_env=False) as client:
            channel = PushChannel(file, (place,), lambda _browser: True, HttpPost(client))
            (browser,) = subscribed(channel, f"{place}/a/b")

            assert await channel.send(message) == "1 browser"

        ((path, headers, body),) = service.requests
    assert browser.read(body)["title"] == message.title
    assert message.title.encode() not in body
    assert path == "/a/b"
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["authorization"].startswith("vapid t=")
    assert (headers["ttl"], headers["urgency"]) == ("14400", "high")


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_has_gone_is_removed(channel, message, status):
    sends = channel(lambda request: httpx.Response(201 if request.url.path == "/a" else status))
    subscribed(sends, "push.example.org/a", "push.example.org/b")

    assert await sends.send(message) == "1 browser"
    assert [each.endpoint for each in sends.file.subscriptions()] == ["https://push.example.org/a"]
    sends.file.remove(lambda _each: True)
    subscribed(sends, "push.example.org/b")
    with pytest.raises(NotifyError, match="press the bell"):
        await sends.send(message)


async def test_one_that_fails_keeps_no_other_from_it_and_stays(channel, message):
    asked = []

    def answer(request):
        asked.append(request.url.host)
        if request.url.host == "other.example.org":
            raise httpx.ConnectError(f"no way to {request.url}")
        return httpx.Response(500 if request.url.path == "/b" else 201)

    sends = channel(answer)
    subscribed(sends, "push.example.org/a", "other.example.org/secret", "push.example.org/b")

    with pytest.raises(NotifyError) as failed:
        await sends.send(message)
    assert str(failed.value) == (
        "other.example.org: ConnectError, push.example.org answered 500: of 3 browsers"
    )
    assert len(asked) == len(sends.file.subscriptions()) == 3


async def test_nothing_goes_to_a_host_that_is_not_configured_any_more(channel, message):
    sends = channel(lambda _request: pytest.fail("asked"), hosts=())
    subscribed(sends, "push.example.org/a")

    with pytest.raises(NotifyError, match="press the bell"):
        await sends.send(message)
    assert sends.file.subscriptions() == ()


async def test_what_rests_on_a_token_that_was_revoked_gets_nothing(channel, message):
    sends = channel(
        lambda _request: httpx.Response(201), holds=lambda each: each.token_sha256 is None
    )
    subscribed(sends, "push.example.org/a", token_sha256="0" * 64)
    subscribed(sends, "push.example.org/b")

    assert await sends.send(message) == "1 browser"
    assert [each.endpoint for each in sends.file.subscriptions()] == ["https://push.example.org/b"]
