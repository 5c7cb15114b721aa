"""What `[notify]` asks for, as the rules of the policy."""

from oma.config.notify import Notify
from oma.notify.quiet_hours import parse_period
from oma.notify.rules import NotifyRules, parse_trigger


def rules_of(options: Notify) -> NotifyRules:
    """Return the rules that the configuration asks for."""
    return NotifyRules(
        triggers=tuple(filter(None, map(parse_trigger, options.on))),
        agents=options.agents,
        projects=options.projects,
        groups=options.groups,
        settle_s=options.settle,
        remind_s=options.remind,
        summary_above=options.summary,
        quiet=tuple(filter(None, map(parse_period, options.quiet))),
    )
