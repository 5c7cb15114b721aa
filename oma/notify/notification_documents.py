"""A notification as a plain object for JSON: for programs of the user, webhooks and the log."""

from datetime import datetime, timedelta

from oma.model.documents import dialog_document, transition_document
from oma.notify.notification import Notice, Notification
from oma.notify.notification_shapes import NoticeDocument, NotificationDocument


def notification_document(notification: Notification, began: datetime) -> NotificationDocument:
    """Return what is told; `title` and `body` are printable, all below `agents` is as agents wrote it.

    Args:
        notification: What is told.
        began: When the log began.
    """
    at = began + timedelta(seconds=notification.t)
    return {
        "kind": notification.kind,
        "at": at.isoformat(timespec="milliseconds"),
        "title": notification.title,
        "body": notification.body,
        "agents": [_notice_document(notice) for notice in notification.notices],
    }


def _notice_document(notice: Notice) -> NoticeDocument:
    agent = notice.agent
    return {
        **transition_document(notice.transition),
        "agent": agent.name,
        "again": notice.again,
        "project": agent.project,
        "branch": agent.branch,
        "task": agent.task,
        "dialog": None if agent.dialog is None else dialog_document(agent.dialog),
    }
