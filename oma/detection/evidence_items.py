"""Evidence items: everything that was seen of an agent, and why each lost, for `oma why`."""

from collections.abc import Iterable

from oma.detection.claims import Claim
from oma.model.explanation import EvidenceItem

_OLD = "is an old one that came to light again"


def evidence_items(
    claims: Iterable[Claim], winner: Claim, t: float, ignored: Iterable[Claim] = ()
) -> tuple[EvidenceItem, ...]:
    """Return an item for each claim, the strongest first; the winner is always among them.

    Args:
        claims: At most one of each rule.
        winner: What the opinion rests on. It may have ceased to count, where a stronger claim is
            about to.
        t: The moment to tell of.
        ignored: Old errors that came to light again, of other rules than `claims`.
    """
    fates = [(claim, claim.counts(t), _fate(claim, winner, t)) for claim in claims]
    if all(claim.rule != winner.rule for claim, _, _ in fates):
        fates.insert(0, (winner, winner.counts(t), ""))
    fates += [(claim, False, _OLD) for claim in ignored if claim.rule != winner.rule]
    fates.sort(key=lambda told: -told[0].priority)
    return tuple(
        EvidenceItem(
            health=claim.health,
            rule=claim.rule,
            line=claim.line,
            text=claim.evidence,
            since_s=claim.since_s,
            counts=counts,
            lost=lost,
        )
        for claim, counts, lost in fates
    )


def _fate(claim: Claim, winner: Claim, t: float) -> str:
    if claim.rule == winner.rule:
        return ""
    if t < claim.firm_s:
        return f"counts in {claim.firm_s - t:.1f} s, if it stays"
    if t >= claim.end_s:
        return f"ceased to count {t - claim.end_s:.1f} s ago"
    return f"gives way to {winner.rule}"
