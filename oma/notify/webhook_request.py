"""What is sent to the service behind a webhook: to which address, with which headers, which JSON.

Texts of agents are text to each service: nothing of them is markup, and nobody is mentioned by them.

>>> secret = WebhookSecret("https://ntfy.sh/my-topic", "tk_1")
>>> request_for("ntfy", secret, Message("news", "fix asks you", "Proceed?", "{}")).url
'https://ntfy.sh/'
"""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

import attrs

from oma.errors import ConfigError
from oma.notify.message import Message

_MOST_CHARACTERS = 1500
"""Of a text; Discord takes 2000."""


@attrs.frozen
class WebhookSecret:
    """Where a webhook is; who knows that may send there."""

    url: str = attrs.field(repr=False)
    token: str = attrs.field(default="", repr=False)


@attrs.frozen
class WebhookRequest:
    """A POST."""

    url: str = attrs.field(repr=False)
    headers: Mapping[str, str] = attrs.field(repr=False)
    content: bytes


def parse_secret(text: str, source: str) -> WebhookSecret:
    """Return what a secret file says: an address, and on the second line a token if need be.

    Raises:
        ConfigError: There is no address of the web; the text names the file, and nothing that is in it.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    parts = urlsplit(lines[0]) if lines else None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(f"{source}: expected an address with https:// on the first line")
    token = lines[1] if len(lines) > 1 else ""
    if not token.isascii() or not token.isprintable() or not lines[0].isascii():
        raise ConfigError(f"{source}: expected an address and a token of ASCII characters")
    return WebhookSecret(lines[0], token)


def request_for(service: str, secret: WebhookSecret, message: Message) -> WebhookRequest:
    """Return the request that tells a service.

    Args:
        service: `json`, `ntfy`, `slack`, `discord` or `telegram`.
        secret: Where it is.
        message: What is told.
    """
    url, body = secret.url, message.body[:_MOST_CHARACTERS]
    content: Mapping[str, object]
    match service:
        case "ntfy":
            # JSON goes to the root of the server; headers could not hold every character.
            parts = urlsplit(url)
            path, _, topic = parts.path.rstrip("/").rpartition("/")
            url = urlunsplit(parts._replace(path=f"{path}/"))
            content = {"topic": topic, "title": message.title, "message": body or message.title}
        case "slack":
            content = {"text": _slack(f"{message.title}\n{body}".strip())}
        case "discord":
            embed = {"title": _discord(message.title), "description": _discord(body)}
            content = {"embeds": [embed], "allowed_mentions": {"parse": []}}
        case "telegram":
            text = f"{message.title}\n{body}".strip()
            content = {"text": text, "link_preview_options": {"is_disabled": True}}
        case _:
            content = json.loads(message.document)
    headers = {"Content-Type": "application/json"}
    if secret.token:
        headers["Authorization"] = f"Bearer {secret.token}"
    return WebhookRequest(url, headers, json.dumps(content).encode())


def _slack(text: str) -> str:
    # The only three characters that Slack reads; without them there is no mention and no link.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _discord(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\*_~`|>#[]()<:@-" else c for c in text)
