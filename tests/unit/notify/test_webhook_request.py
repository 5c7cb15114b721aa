import json

import pytest

from oma.errors import ConfigError
from oma.notify.message import Message
from oma.notify.webhook_request import WebhookSecret, parse_secret, request_for

URL = "https://example.org/hooks/secret"
MESSAGE = Message("news", "fix asks <!channel>", "@everyone\n*Proceed?*", '{"kind": "news"}')


def sent(service, url=URL, token=""):
    request = request_for(service, WebhookSecret(url, token), MESSAGE)
    return request.url, json.loads(request.content)


def test_a_service_of_the_user_gets_the_whole_document():
    assert sent("json") == (URL, {"kind": "news"})


def test_ntfy_gets_json_at_the_root_with_the_topic_of_the_address():
    url, content = sent("ntfy", "https://push.example.org/sub/my-topic?x=1")

    assert url == "https://push.example.org/sub/?x=1"
    assert content == {"topic": "my-topic", "title": MESSAGE.title, "message": MESSAGE.body}


def test_slack_is_given_no_mention():
    _, content = sent("slack")

    assert content == {"text": "fix asks &lt;!channel&gt;\n@everyone\n*Proceed?*"}


def test_discord_is_given_no_mention_and_no_markup():
    _, content = sent("discord")

    assert content["allowed_mentions"] == {"parse": []}
    assert content["embeds"][0]["description"] == "\\@everyone\n\\*Proceed?\\*"


def test_telegram_gets_plain_text_at_the_address_with_its_chat():
    url, content = sent("telegram", "https://api.example.org/botX/sendMessage?chat_id=1")

    assert url.endswith("?chat_id=1")
    assert "parse_mode" not in content
    assert content["text"] == f"{MESSAGE.title}\n{MESSAGE.body}"


def test_a_token_goes_into_a_header_and_no_secret_is_shown():
    secret = parse_secret(f"{URL}\n tk_1 \n", "f")
    request = request_for("json", secret, MESSAGE)

    assert request.headers["Authorization"] == "Bearer tk_1"
    assert "tk_1" not in repr(secret) + repr(request)
    assert "secret" not in repr(secret).lower().replace("webhooksecret", "") + repr(request)


@pytest.mark.parametrize("text", ["", "\n", "ftp://x/y", "https://", "example.org", "https://é/x"])
def test_a_file_without_an_address_is_refused_and_not_shown(text):
    with pytest.raises(ConfigError) as refused:
        parse_secret(text, "/f")

    assert str(refused.value).startswith("/f: expected an address")
    assert not text.strip() or text.strip() not in str(refused.value).replace("https://", "", 1)


def test_a_token_that_is_no_header_is_refused():
    with pytest.raises(ConfigError, match="ASCII"):
        parse_secret(f"{URL}\nt\u00e9", "/f")
