"""Sightings: everything that was seen of an agent, and why each lost, for `oma why`."""

from collections.abc import Iterable

from oma.detection.claims import Claim
from oma.model.explanation import Sighting


def sightings(claims: Iterable[Claim], winner: Claim, t: float) -> tuple[Sighting, ...]:
    """Return a sighting for each claim, the strongest first; the winner is always among them.

    Args:
        claims: At most one of each rule.
        winner: What the opinion rests on. It may have ceased to count, where a stronger claim is
            about to.
        t: The moment to tell of.
    """
    known = tuple(claims)
    if all(claim.rule != winner.rule for claim in known):
        known = (winner, *known)
    ranked = sorted(known, key=lambda claim: -claim.priority)
    return tuple(
        Sighting(
            health=c.health,
            rule=c.rule,
            line=c.line,
            text=c.evidence,
            since_s=c.since_s,
            counts=c.counts(t),
            lost=_fate(c, winner, t),
        )
        for c in ranked
    )


def _fate(claim: Claim, winner: Claim, t: float) -> str:
    if claim.rule == winner.rule:
        return ""
    if t < claim.firm_s:
        return f"counts in {claim.firm_s - t:g} s, if it stays"
    if t >= claim.end_s:
        return f"ceased to count {t - claim.end_s:g} s ago"
    return f"gives way to {winner.rule}"
