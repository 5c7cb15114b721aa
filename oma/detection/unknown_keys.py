"""What a profile of a newer `oma` holds beyond what this one knows: left out, and named.

For profiles that a recording carries. In a file of the user the same is a mistake, and refused.
"""

from collections.abc import Collection, Iterable, Mapping

from oma.detection.profile import RuleState
from oma.detection.profile_parser import MATCH_KEYS, PROFILE_KEYS, RULE_KEYS
from oma.detection.scope import parse_scope

Table = Mapping[str, object]


def without_unknown_keys(profile: Table) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return `profile` without what is not known here, and the names of that.

    A rule with a state or a scope that is not known is left out whole. Total: what is of another
    type than a profile's stays, for `profile_from_mapping` to refuse.
    """
    known, names = _split(profile, PROFILE_KEYS, "")
    match = known.get("match")
    if isinstance(match, Mapping):
        known["match"], more = _split(match, MATCH_KEYS, "match: ")
        names += more
    rules = known.get("rule")
    if isinstance(rules, list):
        known["rule"], more = _rules(rules)
        names += more
    return known, tuple(names)


def _rules(rules: Iterable[object]) -> tuple[list[object], list[str]]:
    kept: list[object] = []
    names: list[str] = []
    for number, rule in enumerate(rules, start=1):
        if not isinstance(rule, Mapping):
            kept.append(rule)
            continue
        where = f"rule {rule.get('name', number)!r}"
        if _is_unknown(rule):
            names.append(where)
            continue
        known, more = _split(rule, RULE_KEYS, f"{where}: ")
        kept.append(known)
        names += more
    return kept, names


def _is_unknown(rule: Table) -> bool:
    state, scope = rule.get("state"), rule.get("scope")
    unknown_state = isinstance(state, str) and state not in set(RuleState)
    return unknown_state or (isinstance(scope, str) and parse_scope(scope) is None)


def _split(
    table: Table, known: Collection[str], where: str
) -> tuple[dict[str, object], list[str]]:
    kept = {key: value for key, value in table.items() if key in known}
    return kept, [f"{where}{key}" for key in table if key not in known]
