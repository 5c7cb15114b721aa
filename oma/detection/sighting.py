"""Sightings: everything that was seen of an agent, and why each lost, for `oma why`."""

from collections.abc import Iterable

import attrs

from oma.detection.claims import Claim
from oma.model.health import Health


@attrs.frozen
class Sighting:
    """One claim, and its fate."""

    health: Health
    rule: str
    line: int | None
    """Row of the screen, from 0; `None` for a fact that is not on the screen."""
    text: str
    """From an agent, hence hostile."""
    since_s: float
    lost: str
    """Why it did not decide; empty for the one that did."""


def sightings(claims: Iterable[Claim], winner: Claim, t: float) -> tuple[Sighting, ...]:
    """Return a sighting for each claim, the strongest first."""
    ranked = sorted(claims, key=lambda claim: -claim.priority)
    return tuple(
        Sighting(c.health, c.rule, c.line, c.evidence, c.since_s, _fate(c, winner, t))
        for c in ranked
    )


def _fate(claim: Claim, winner: Claim, t: float) -> str:
    if claim == winner:
        return ""
    if t < claim.firm_s:
        return f"counts in {claim.firm_s - t:g} s, if it stays"
    if t >= claim.end_s:
        return f"ceased to count {t - claim.end_s:g} s ago"
    return f"gives way to {winner.rule}"
