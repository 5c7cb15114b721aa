import pytest

from oma.model.health import ATTENTION, Health, Transition, Verdict
from oma.notify.notification_rules import NotifyRules, Trigger, parse_trigger
from tests.unit.tui.fleets import agent


def verdict(health, reason="r"):
    return Verdict(health, reason, "rule", "evidence", 0.0)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("waiting", Trigger(Health.WAITING)),
        ("stuck:rate-limit", Trigger(Health.STUCK, "rate-limit")),
        ("idle:att*", Trigger(Health.IDLE, "att*")),
        *((text, None) for text in ("", "asleep", "waiting:", "waiting: ", "WAITING", ":r")),
    ],
)
def test_a_trigger_is_a_health_and_may_name_reasons(text, trigger):
    assert parse_trigger(text) == trigger


def test_a_trigger_matches_its_reasons_alone():
    trigger = parse_trigger("stuck:rate-*")

    assert trigger.matches(verdict(Health.STUCK, "rate-limit"))
    assert not trigger.matches(verdict(Health.STUCK, "login"))
    assert not trigger.matches(verdict(Health.WAITING, "rate-limit"))


@pytest.mark.parametrize(
    ("source", "health", "reason", "wanted"),
    [
        (Health.OK, Health.WAITING, "permission", True),
        (None, Health.WAITING, "permission", True),
        (Health.OK, Health.STUCK, "retry", True),
        (Health.OK, Health.IDLE, "silent", False),
        (Health.IDLE, Health.IDLE, ATTENTION, True),
        (None, Health.IDLE, ATTENTION, False),
        (Health.WAITING, Health.OK, "active", False),
        (Health.OK, Health.EXITED, "process-ended", False),
    ],
)
def test_what_is_wanted_unless_it_is_said(source, health, reason, wanted):
    change = Transition(0.0, 1, "a", source, verdict(health, reason))

    assert NotifyRules().wants(change) is wanted


@pytest.mark.parametrize(
    ("agents", "projects", "groups", "concerned"),
    [
        ((), (), (), True),
        (("oma-agent-f*",), (), (), True),
        (("other",), (), (), False),
        (("!oma-agent-f*",), (), (), False),
        (("!other",), (), (), True),
        (("*", "!*fix"), (), (), False),
        (("second",), (), (), True),
        ((), ("api",), (), True),
        ((), ("/srv/*",), (), True),
        ((), ("srv",), (), False),
        ((), ("!api",), (), False),
        ((), (), ("ni*",), True),
        ((), (), ("!night",), False),
        ((), ("api",), ("day",), False),
    ],
)
def test_globs_choose_agents_projects_and_groups(agents, projects, groups, concerned):
    known = agent(1, "fix", project="/srv/api", names=("oma-agent-fix", "second"), group="night")

    rules = NotifyRules(agents=agents, projects=projects, groups=groups)
    assert rules.concern(known) is concerned
