"""Why a request is not carried out: a status of HTTP and one line for the user.

Routes raise it, and one handler answers with `{"error": …}`: no route makes an error answer itself.

>>> error = RequestError(409, "the agent asks something else by now", "fingerprint")
>>> error.status, str(error)
(409, 'the agent asks something else by now')
"""

from oma.errors import OmaError


class RequestError(OmaError):
    """A request that is answered with `status` and its text.

    Args:
        status: Of HTTP: 400 and above.
        words: One line that says what to do.
        field: Of the request's body, where one is wrong.
    """

    def __init__(self, status: int, words: str, field: str = "") -> None:
        super().__init__(words)
        self.status = status
        self.field = field
