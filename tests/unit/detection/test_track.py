"""What a rule saw, and what that claims."""

import attrs

from oma.detection.patterns import NO_PATTERNS
from oma.detection.profile import Rule, RuleState
from oma.detection.scope import TITLE_ROW, Region, Scope
from oma.detection.track import Track, claim_of
from oma.model.health import Health

RULE = Rule("failed", RuleState.STUCK, "error", Scope(Region.SCREEN), NO_PATTERNS, 0.5, 60)
TRACK = Track(3.0, 7, "API Error: 429 Too Many Requests", is_old=False, firm_s=3.5)


def test_the_claim_of_an_error_names_its_family_and_where_it_stands():
    claim = claim_of("claude", RULE, TRACK)

    assert (claim.health, claim.reason, claim.rule) == (
        Health.STUCK,
        "rate-limit",
        "claude/failed",
    )
    assert (claim.since_s, claim.firm_s, claim.line) == (3.0, 3.5, 7)


def test_what_stands_in_the_title_has_no_line_and_other_reasons_stay():
    title = attrs.evolve(TRACK, row=TITLE_ROW)

    assert claim_of("claude", RULE, title).line is None
    assert claim_of("claude", attrs.evolve(RULE, reason="retry"), TRACK).reason == "retry"


def test_a_rule_finds_what_it_found_until_row_or_text_changed_or_it_ceased():
    assert TRACK.stands(7, TRACK.text)
    assert not TRACK.stands(8, TRACK.text)
    assert not TRACK.stands(7, "API Error: 500")
    assert not attrs.evolve(TRACK, ceased_s=4.0, end_s=4.1).stands(7, TRACK.text)
