"""Which pane of an agent speaks for it, and of which kind it is."""

from collections.abc import Mapping

from oma.detection.profile import GENERIC, Profile
from oma.detection.profile_selection import named, recognise
from oma.detection.recognition import Recognition
from oma.model.events import AgentFound
from oma.model.ids import PaneId
from oma.reducers.pane import PaneFold
from oma.reducers.rules import Rules


def recognise_pane(rules: Rules, pane: PaneFold, found: AgentFound | None) -> Recognition | None:
    """Return of which kind a pane is, and what told so: its process, report or title, else `found`.

    Where both tell the same, what was found told of it.

    Args:
        rules: With the kinds there are.
        pane: Which.
        found: What was found in this pane, or another one, or nothing.
    """
    if rules.forced_profile is not None:
        return Recognition(rules.forced_profile.name, "option", "")
    argv = pane.sample.argv if pane.sample is not None else ()
    app = pane.report.app if pane.report is not None else ""
    told = recognise(rules.profiles, pane.seen.command, argv, pane.title, app)
    if found is None or found.pane != pane.seen.pane:
        return told
    if told is None or told.profile == found.profile:
        return Recognition(found.profile, found.way, found.evidence)
    return told


def kind_of(rules: Rules, pane: PaneFold, found: AgentFound | None) -> Profile:
    """Return the kind of a pane, as `recognise_pane` tells; the generic one where there is no such."""
    if rules.forced_profile is not None:
        return rules.forced_profile
    told = recognise_pane(rules, pane, found)
    name = GENERIC if told is None else told.profile
    known = next((each for each in rules.profiles if each.name == name), None)
    return known or named(rules.profiles, GENERIC)


def headless_line(profile: Profile, pane: PaneFold, found: AgentFound | None) -> str:
    """Return the command line of the run that nobody looks at in a pane; empty where it is another one.

    Args:
        profile: Its kind.
        pane: Which.
        found: What was found in this pane, or another one, or nothing.
    """
    argv = pane.sample.argv if pane.sample is not None else ()
    if profile.is_headless(argv):
        return " ".join(argv)
    is_of = found is not None and (found.pane, found.profile) == (pane.seen.pane, profile.name)
    return found.evidence if found is not None and is_of and found.headless else ""


def speaker(
    rules: Rules,
    panes: Mapping[PaneId, PaneFold],
    found: AgentFound | None,
    before: PaneId | None,
    *,
    was_known: bool,
) -> tuple[PaneId | None, Profile | None]:
    """Return the pane that should speak for an agent, and its kind where that is known.

    Args:
        rules: With the kinds there are.
        panes: Of the agent, in the order in which they were first seen.
        found: What was found in one of them.
        before: The pane that spoke for it so far.
        was_known: It was of a known kind.
    """
    if found is not None and found.pane in panes:
        kind = kind_of(rules, panes[found.pane], found)
        return found.pane, None if kind.name == GENERIC else kind
    for pane_id, pane in panes.items():
        kind = kind_of(rules, pane, None)
        if kind.name != GENERIC:
            return pane_id, kind
    if was_known and before in panes:
        return before, None
    busy = (pane_id for pane_id, pane in panes.items() if pane.runs_program)
    return next(busy, next(iter(panes), None)), None
