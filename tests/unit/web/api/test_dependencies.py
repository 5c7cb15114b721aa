from types import SimpleNamespace

import pytest

from oma.web.api.dependencies import answer, request_context
from oma.web.request_error import RequestError


async def test_who_has_not_logged_in_asks_for_nothing(web):
    request = SimpleNamespace(state=SimpleNamespace(login=None), app=web.app.inner)
    with pytest.raises(RequestError) as refused:
        await request_context(request)

    assert refused.value.status == 401


def test_an_answer_is_json():
    response = answer({"a": 1}, 201)

    assert (response.status_code, response.body) == (201, b'{"a":1}')
    assert response.headers["content-type"] == "application/json"
