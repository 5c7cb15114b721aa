"""The reading of profiles from mappings, as TOML gives them; every mistake names its place."""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import NoReturn

import attrs

from oma.detection import claims
from oma.detection.conversation import PLACE, PROMPTS_FILES, Conversations
from oma.detection.line_shapes import SHAPES
from oma.detection.patterns import PatternIndex, PatternSet
from oma.detection.profile import STATUS_FILES, Profile, Rule, RuleState, pattern_sets
from oma.detection.scope import NAMES, NEEDS_NO_PATTERN, Region, Scope, parse_scope
from oma.detection.shape_rules import GENERIC_RULES, SHAPE_RULES
from oma.errors import ConfigError

PROFILE_KEYS = (
    *(
        "chatter",
        "conversation",
        "error_patterns",
        "headless",
        "match",
        "no_progress_s",
        "report",
        "resume",
    ),
    *("rule", "status_file", "tool", "tool_no_progress_s"),
)
CONVERSATION_KEYS = ("farewell", "fork", "open_file", "prompts_file", "resume")
MATCH_KEYS = ("argv", "command", "screen", "title")
RULE_KEYS = (
    *("above", "also", "any", "below", "except", "hold_ms", "last", "linger_ms", "name"),
    *("priority", "reason", "scope", "state", "unless", "unless_below"),
)
_PRIORITIES = {
    RuleState.WORKING: claims.PRIORITY_MARKER,
    RuleState.IDLE: claims.PRIORITY_PROMPT,
    RuleState.WAITING: claims.PRIORITY_DIALOG,
    RuleState.STUCK: claims.PRIORITY_ERROR_LINE,
    RuleState.EXITED: claims.PRIORITY_PROCESS,
}
_REASONS = {RuleState.WORKING: "working", RuleState.IDLE: "finished"}
# Measured on recordings of five agents: frames that are drawn in parts take less than these.
_HOLDS_MS = {
    RuleState.WORKING: 0,
    RuleState.IDLE: 700,
    RuleState.WAITING: 100,
    RuleState.STUCK: 500,
    RuleState.EXITED: 0,
}
_NO_PROGRESS_S = 120.0
_TOOL_NO_PROGRESS_S = 600.0


@attrs.frozen
class _Table:
    """A mapping with the words that name it in an error."""

    where: str
    values: Mapping[str, object]
    compile_later: bool = False
    """Its patterns are known to be some."""

    def check_keys(self, known: Collection[str]) -> None:
        for key in self.values:
            if key not in known:
                import difflib  # where something is wrong alone: its import takes milliseconds

                near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.0)
                self.refuse(f"unknown key {key!r}, nearest is {near[0]!r}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value:
            self.refuse(f"{key} must be a text that is not empty, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(i, str) and i for i in items):
            self.refuse(f"{key} must be a text or a list of texts, not {value!r}")
        return tuple(items)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.refuse(f"{key} must be true or false, not {value!r}")
        return value

    def number(self, key: str, default: float) -> float:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            self.refuse(f"{key} must be a number from 0, not {value!r}")
        return float(value)

    def table(self, key: str) -> "_Table":
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            self.refuse(f"{key} must be a table, not {value!r}")
        return _Table(f"{self.where}: {key}", value, self.compile_later)

    def patterns(self, key: str) -> PatternSet:
        make = PatternSet.unchecked if self.compile_later else PatternSet.of
        return make(self.texts(key), f"{self.where}: {key}")

    def refuse(self, complaint: str) -> NoReturn:
        raise ConfigError(f"{self.where}: {complaint}")


def profile_from_mapping(
    name: str, mapping: Mapping[str, object], source: str, *, is_packaged: bool = False
) -> Profile:
    """Build the profile `name` from what the file `source` holds.

    Args:
        name: What it is called.
        mapping: The content of the file.
        source: The file.
        is_packaged: It comes with `oma`: its patterns are known to compile.

    Raises:
        ConfigError: a key is unknown, a value is not allowed or a pattern is bad; the text names
            `source`, the rule and the value.
    """
    table = _Table(source, mapping, is_packaged)
    table.check_keys(PROFILE_KEYS)
    match = table.table("match")
    match.check_keys(MATCH_KEYS)
    rules = tuple(_rules(table))
    tells_rest_alone = all(rule.state is RuleState.IDLE for rule in rules)
    every_rule = (*rules, *SHAPE_RULES, *(GENERIC_RULES if tells_rest_alone else ()))
    chatter, tool = table.patterns("chatter"), table.patterns("tool")
    return Profile(
        name=name,
        source=source,
        commands=frozenset(match.texts("command")),
        argv=match.patterns("argv"),
        title=match.patterns("title"),
        screen=match.patterns("screen"),
        resume=table.text("resume") if "resume" in mapping else None,
        conversations=_conversations(table.table("conversation")),
        reads_reports=table.flag("report", default=True),
        status_file=_form(table, "status_file", STATUS_FILES),
        reads_error_patterns=table.flag("error_patterns", default=False),
        no_progress_s=table.number("no_progress_s", _NO_PROGRESS_S),
        tool_no_progress_s=table.number("tool_no_progress_s", _TOOL_NO_PROGRESS_S),
        tool=tool,
        headless=table.patterns("headless"),
        chatter=chatter,
        rules=rules,
        every_rule=every_rule,
        index=PatternIndex.of(
            (*SHAPES, chatter, tool, *chain.from_iterable(map(pattern_sets, every_rule))),
            source,
            compile_later=is_packaged,
        ),
        definition=mapping,
    )


def _conversations(table: _Table) -> Conversations:
    table.check_keys(CONVERSATION_KEYS)
    texts = ("resume", "fork", "open_file")
    given = {key: table.text(key) for key in texts if key in table.values}
    commands = {key: text for key, text in given.items() if key != "open_file"}
    for key, command in commands.items():
        if PLACE not in command:
            table.refuse(f"{key} must name {PLACE}, not {command!r}")
    kind = _form(table, "prompts_file", PROMPTS_FILES)
    return Conversations(farewell=table.texts("farewell"), prompts_file=kind, **given)


def _form(table: _Table, key: str, known: Collection[str]) -> str:
    """Return in whose form a file of an agent is; empty where it has none."""
    if key not in table.values:
        return ""
    kind = table.text(key)
    if kind not in known:
        table.refuse(f"{key} must be one of {', '.join(known)}, not {kind!r}")
    return kind


def _rules(table: _Table) -> Iterable[Rule]:
    items = table.values.get("rule", [])
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        table.refuse(f"rule must be an array of tables, not {items!r}")
    names: set[str] = set()
    for number, item in enumerate(items, start=1):
        where = f"{table.where}: rule {item.get('name', number)!r}"
        rule = _rule(_Table(where, item, table.compile_later))
        if rule.name in names:
            table.refuse(f"two rules are named {rule.name!r}")
        names.add(rule.name)
        yield rule


def _rule(table: _Table) -> Rule:
    table.check_keys(RULE_KEYS)
    name = table.text("name")
    state = _state(table)
    scope = _scope(table)
    of_title = scope.region is Region.TITLE and state is not RuleState.STUCK
    priority = claims.PRIORITY_TITLE if of_title else _PRIORITIES[state]
    found = table.patterns("any")
    if not found.sources and scope.region not in NEEDS_NO_PATTERN:
        table.refuse("any must hold at least one pattern")
    return Rule(
        name=name,
        state=state,
        reason=table.text("reason", _REASONS.get(state, name)),
        scope=scope,
        any=found,
        exceptions=table.patterns("except"),
        also=table.patterns("also"),
        unless=table.patterns("unless"),
        unless_below=table.patterns("unless_below"),
        above=table.patterns("above"),
        below=table.patterns("below"),
        is_last=table.flag("last", default=False),
        hold_s=table.number("hold_ms", _HOLDS_MS[state]) / 1000,
        linger_s=table.number("linger_ms", 0) / 1000,
        priority=int(table.number("priority", priority)),
    )


def _state(table: _Table) -> RuleState:
    text = table.text("state", "")
    try:
        return RuleState(text)
    except ValueError:
        table.refuse(f"state must be one of {', '.join(RuleState)}, not {text!r}")


def _scope(table: _Table) -> Scope:
    text = table.text("scope", "")
    scope = parse_scope(text)
    if scope is None:
        table.refuse(f"scope must be one of {NAMES}, not {text!r}")
    return scope
