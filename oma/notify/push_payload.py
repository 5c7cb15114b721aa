"""What a browser is sent of a notification: the texts that every channel shows, and the place in the page."""

import json
from hashlib import sha256
from urllib.parse import quote

import attrs

from oma.notify.message import Message

MOST_BODY_BYTES = 1700
"""A push service takes 4096, encrypted; JSON may write a character in twice its length."""


@attrs.frozen
class PushPayload:
    """One notification for browsers."""

    content: bytes
    """JSON with `title`, `body`, `tag` (of one agent's, the later takes the place of the earlier) and `place`."""
    topic: str
    """The tag as a push service may know it: of two that wait there, it delivers the later."""


def push_payload(message: Message) -> PushPayload:
    """Return what is sent of a message."""
    agents = json.loads(message.document).get("agents", [])
    tag, place = f"oma {message.kind}", "#/inbox"
    if len(agents) == 1:
        agent = str(agents[0].get("id", ""))
        tag, place = f"oma {agent}", f"#/agents/{quote(agent, safe='')}"
    body = message.body.encode("utf-8", "replace")[:MOST_BODY_BYTES].decode("utf-8", "ignore")
    shown = {"title": message.title, "body": body, "tag": tag, "place": place}
    content = json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace")
    return PushPayload(content, sha256(tag.encode("utf-8", "replace")).hexdigest()[:32])
