import pytest

httpx = pytest.importorskip("httpx", reason="the extra oma-tmux[notify] is not installed")

from oma.errors import NotifyError  # noqa: E402
from oma.runtime.notify.http_post import HttpPost  # noqa: E402


def http(answer):
    return HttpPost(httpx.AsyncClient(transport=httpx.MockTransport(answer)))


async def test_the_status_is_returned_and_no_redirection_is_followed():
    asked = []

    def answer(request):
        asked.append((request.method, str(request.url), request.content))
        return httpx.Response(307, headers={"location": "https://10.0.0.1/"})

    assert await http(answer).status_of("https://a.example", {"x": "y"}, b"z") == 307
    assert asked == [("POST", "https://a.example", b"z")]


async def test_the_body_of_an_answer_is_not_read():
    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self):
            pytest.fail("read")
            yield b""

    answered = http(lambda _request: httpx.Response(200, stream=Endless()))

    assert await answered.status_of("https://a.example", {}, b"") == 200


async def test_a_failure_names_no_address():
    def answer(request):
        raise httpx.ConnectError(f"cannot reach {request.url}")

    with pytest.raises(NotifyError, match=r"^ConnectError$"):
        await http(answer).status_of("https://a.example", {}, b"")
