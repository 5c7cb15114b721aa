from oma.detection.claims import PRIORITY_PROCESS, PRIORITY_REPORT
from oma.detection.headless import headless_claim
from oma.model.health import Health


def test_a_run_works_until_its_process_ends_whatever_else_is_said():
    claim = headless_claim("claude", "claude -p go", 3.0)

    assert (claim.health, claim.rule, claim.evidence) == (
        Health.OK,
        "claude/headless",
        "claude -p go",
    )
    assert claim.counts(3.0)
    assert claim.counts(1e9)
    assert PRIORITY_REPORT < claim.priority < PRIORITY_PROCESS
