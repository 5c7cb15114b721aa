import pytest

from oma.detection.error_families import error_family, names_limit


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("● Please run /login · API Error: 401 {...}", "login"),
        ("● API Error: 401 · Please run /login", "login"),
        ("⎿ Invalid API key · Fix external API key", "login"),
        ("Error: [provider.auth_error] 401 invalid api key", "login"),
        ("⎿ OAuth token has expired", "login"),
        ("■ exceeded retry limit, last status: 429 Too Many Requests", "rate-limit"),
        ("litellm.RateLimitError: slow down", "rate-limit"),
        ("⎿ You've hit your session limit · resets 3:45pm", "quota"),
        ("⎿ 5-hour limit reached ∙ resets 3pm", "quota"),
        ("⎿ Credit balance too low", "quota"),
        ("● API Error: Repeated 529 Overloaded errors.", "overloaded"),
        ("■ unexpected status 503 Service Unavailable", "overloaded"),
        ("● Unable to connect to API (ECONNREFUSED)", "network"),
        ("Request timed out", "network"),
        ("■ Codex ran out of room in the model's context window.", "context-full"),
        ("⎿ Prompt is too long", "context-full"),
        ("┃ something else", None),
    ],
)
def test_an_error_is_of_a_family_in_whatever_order_its_words_stand(text, family):
    assert error_family(text) == family


def test_a_limit_ends_by_itself_and_a_login_does_not():
    assert names_limit("Stop and wait for limit to reset")
    assert names_limit("429 Too Many Requests")
    assert not names_limit("Please run /login")
    assert not names_limit("Do you want to proceed?")
