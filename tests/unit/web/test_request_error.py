from oma.errors import OmaError
from oma.web.request_error import RequestError


def test_it_is_an_error_of_a_user_with_a_status():
    error = RequestError(422, "name: wrong", "name")

    assert isinstance(error, OmaError)
    assert (error.status, str(error), error.field) == (422, "name: wrong", "name")
