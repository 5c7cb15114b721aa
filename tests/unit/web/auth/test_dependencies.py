from types import SimpleNamespace

import pytest

from oma.web.auth.dependencies import answer, asker_of
from oma.web.request_error import RequestError


async def test_who_has_not_logged_in_asks_for_nothing():
    with pytest.raises(RequestError) as refused:
        await asker_of(SimpleNamespace(state=SimpleNamespace(login=None)))

    assert refused.value.status == 401


def test_an_answer_is_json():
    response = answer({"a": 1}, 201)

    assert (response.status_code, response.body) == (201, b'{"a":1}')
    assert response.headers["content-type"] == "application/json"
