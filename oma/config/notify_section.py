"""The options of notifications."""

import attrs

from oma.config.kinds import Choice, Seconds, Switch, Text, Texts, WholeNumber, option
from oma.config.list_kinds import Choices, Periods, Triggers

CHANNELS = ("tmux", "desktop", "terminal", "sound", "webhook", "push", "command")
"""The ways in which a notification goes out."""

WEBHOOKS = ("json", "ntfy", "slack", "discord", "telegram")
"""What a webhook is sent: the form that the service at its address takes."""

SEQUENCES = ("osc9", "osc777", "osc99")
"""The escape sequences by which a terminal notifies."""


@attrs.frozen
class NotifySection:
    """What the user is told of, when, and how. Times are in seconds."""

    channels: tuple[str, ...] = option(
        ("tmux",), Choices(CHANNELS), "How notifications go out; an empty list sends none."
    )
    on: tuple[str, ...] = option(
        ("waiting", "stuck", "idle:attention"),
        Triggers(),
        "Which changes are told; the reason is a glob.",
    )
    agents: tuple[str, ...] = option(
        (), Texts(), "Globs for names of agents that are told of; with ! in front, that are not."
    )
    projects: tuple[str, ...] = option(
        (), Texts(), "As agents, for project directories or their last names."
    )
    groups: tuple[str, ...] = option((), Texts(), "As agents, for groups.")
    settle: float = option(
        2.0, Seconds(at_least_s=0), "How long a state stands before it is told."
    )
    remind: float = option(
        0.0,
        Seconds(at_least_s=0),
        "How long after that it is told once more if it stands still; 0 is never.",
    )
    summary: int = option(
        3, WholeNumber("notifications", 1, 1000), "More at once than these become one."
    )
    quiet: tuple[str, ...] = option(
        (), Periods(), "When nothing is told; what stands at the end is told then."
    )
    bell: bool = option(
        default=False,
        kind=Switch(),
        about="Whether the channel tmux rings the bell of the user's terminals, too.",
    )
    terminal: str = option(
        "osc9", Choice(SEQUENCES), "Which escape sequence the channel terminal sends."
    )
    sound: tuple[str, ...] = option(
        ("paplay", "/usr/share/sounds/freedesktop/stereo/message.oga"),
        Texts(),
        "What the channel sound runs.",
    )
    webhook: str = option(
        "json", Choice(WEBHOOKS), "Which service is at the address of the channel webhook."
    )
    webhook_file: str = option(
        "~/.config/oma/webhook",
        Text(),
        "File that holds that address, and on its second line a token if need be; mode 0600.",
    )
    push_hosts: tuple[str, ...] = option(
        (),
        Texts(),
        "Push services, HOST or HOST:PORT, that browsers may name beside those of their makers.",
    )
    command: tuple[str, ...] = option(
        (), Texts(), "What the channel command runs, with the notification as JSON on its input."
    )
