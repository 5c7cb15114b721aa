"""What `[notify]` asks for, as the rules of the policy."""

from oma.config.notify_section import NotifySection
from oma.notify.notification_rules import NotifyRules, parse_trigger
from oma.notify.quiet_hours import parse_period


def rules_of(options: NotifySection) -> NotifyRules:
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
