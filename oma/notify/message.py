"""A notification as channels send it: texts that are safe to show, and the whole as JSON."""

import json
from datetime import datetime

import attrs

from oma.notify.notification import Notification
from oma.notify.notification_documents import notification_document


@attrs.frozen
class Message:
    """What goes out, the same on every channel."""

    kind: str
    title: str
    """Printable, on one line; so are the lines of `body`."""
    body: str
    document: str
    """One object of JSON, in ASCII."""

    @property
    def one_line(self) -> str:
        """Title and body on one line."""
        return f"{self.title}: {' · '.join(self.body.splitlines())}" if self.body else self.title


def message_of(notification: Notification, began: datetime) -> Message:
    """Return what is sent of a notification.

    Args:
        notification: What is told.
        began: When the log began.
    """
    return Message(
        kind=notification.kind,
        title=notification.title,
        body=notification.body,
        document=json.dumps(notification_document(notification, began)),
    )


def trial_message(at: str) -> Message:
    """Return what a channel is tried with.

    Args:
        at: Wall time, ISO 8601.
    """
    title, body = "oma can reach you", "This is a test; no agent asks anything."
    document = {"kind": "test", "at": at, "title": title, "body": body, "agents": []}
    return Message("test", title, body, json.dumps(document))
