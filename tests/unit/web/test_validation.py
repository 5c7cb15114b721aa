import pytest
from pydantic import ValidationError

from oma.web.api.action_schema import LONGEST_S, LogIn, NewBody, NewShare, NewToken, SendBody
from oma.web.validation import place_of, words_of


@pytest.mark.parametrize(
    ("model", "body", "words"),
    [
        (SendBody, {}, "text is missing"),
        (SendBody, {"text": ""}, "text must not be empty"),
        (SendBody, {"text": 1}, "text must be a text"),
        (SendBody, {"text": "x" * 16_385}, "text is too long: at most 16384 characters"),
        (SendBody, {"text": "x", "enter": True}, "enter is not known here"),
        (SendBody, [], "the body must be a JSON object"),
        (NewBody, {"name": "a b"}, "name may have letters, digits, '_' and '-' alone"),
        (NewShare, {"agent": "a", "role": "admin"}, "role must be 'viewer' or 'operator'"),
        (NewToken, {"name": "a", "role": "x"}, "role must be 'viewer', 'operator' or 'admin'"),
        (NewToken, {"name": "a", "expires_s": 1}, "expires_s must be at least 60"),
        (NewToken, {"name": "a", "expires_s": 1e12}, f"expires_s must be at most {LONGEST_S:.0f}"),
        (NewToken, {"name": "a", "expires_s": "nan"}, "expires_s must be a number"),
        (NewToken, {"name": "a", "expires_s": "soon"}, "expires_s must be a number"),
        (LogIn, {"tokn": "x"}, "tokn is not known here"),
    ],
)
def test_what_is_wrong_is_said_in_words_that_name_the_field(model, body, words):
    with pytest.raises(ValidationError) as caught:
        model.model_validate(body, from_attributes=True)

    assert words_of(caught.value.errors()[0]) == words


def test_a_kind_of_error_that_nobody_thought_of_is_said_in_our_words_too():
    assert words_of({"type": "new_kind", "loc": ("body", "a"), "msg": "X"}) == "a is not accepted"
    odd = {"type": "string_pattern_mismatch", "loc": ("query", "q"), "ctx": {"pattern": "^.$"}}
    assert (place_of(odd), words_of(odd)) == ("query.q", "q is not accepted")


def test_a_body_that_is_no_json_has_no_field():
    error = {"type": "json_invalid", "loc": ("body", 3), "ctx": {"error": "Expecting value"}}

    assert (place_of(error), words_of(error)) == ("", "the body is not JSON")
