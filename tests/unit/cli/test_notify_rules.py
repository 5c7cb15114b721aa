from datetime import time

from oma.cli.notify_rules import rules_of
from oma.config.notify_section import NotifySection
from oma.model.health import Health
from oma.notify.notification_rules import NotifyRules, Trigger
from oma.notify.quiet_hours import Period


def test_the_defaults_of_the_file_are_those_of_the_policy():
    assert rules_of(NotifySection()) == NotifyRules()


def test_every_option_that_decides_reaches_the_policy():
    options = NotifySection(
        on=("exited", "stuck:login"),
        agents=("a*",),
        projects=("!web",),
        settle=1.0,
        remind=60.0,
        summary=9,
        quiet=("22:00-07:00",),
    )

    assert rules_of(options) == NotifyRules(
        triggers=(Trigger(Health.EXITED), Trigger(Health.STUCK, "login")),
        agents=("a*",),
        projects=("!web",),
        settle_s=1.0,
        remind_s=60.0,
        summary_above=9,
        quiet=(Period(time(22), time(7)),),
    )
