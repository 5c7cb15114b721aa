"""What kind of failure an error line tells of, in whatever order its words stand."""

from functools import lru_cache

from oma.detection.patterns import REMEMBERED_LINES, PatternSet

_HERE = "oma.detection.error_families"
_FAMILIES: dict[str, tuple[str, ...]] = {
    "login": (
        r"/login\b|\bnot logged in\b|\blog ?in again\b|\bsign in\b",
        r"\b(401|403)\b|unauthori[sz]ed|authenticat|\bforbidden\b|credentials",
        r"\b(api key|token|login|session)\b.*\b(invalid|expired|revoked|missing)\b",
        r"\b(invalid|expired|revoked|missing)\b.*\b(api key|token|login)\b",
    ),
    "context-full": (
        r"\bcontext (window|length|limit)\b|\bprompt is too long\b|\bconversation (is )?too long\b",
        r"\bran out of room\b|\bmaximum context\b|\btoo many tokens\b",
    ),
    "quota": (
        r"\b(usage|session|weekly|daily|monthly|\d+-hour|opus|spending)\b.*\blimit\b",
        r"\blimit\b.*\bresets?\b|\bquota\b|\bcredits?\b|\bbilling\b|\bbalance\b|\bout of .*usage\b",
    ),
    "rate-limit": (
        r"\brate.?limit|\btoo many requests\b|\b429\b|\btemporarily limiting\b|\bslow down\b",
    ),
    "overloaded": (
        r"\boverloaded\b|\bat capacity\b|\b5(00|02|03|04|29)\b|\bserver error\b",
        r"\b(service|temporarily) unavailable\b|\bservers are down\b",
    ),
    "network": (
        r"\bconnect(ion)?\b|\bnetwork\b|\btimed? ?out\b|\bfetch failed\b|\bsocket\b|\bdns\b",
        r"\bE(CONN|NOTFOUND|TIMEDOUT|PIPE|AI_AGAIN)\w*|\bgetaddrinfo\b|\bstream disconnected\b",
    ),
}
"""The first that fits is told: a login that failed names its status, and a quota may be a limit."""

FAMILY_PATTERNS = {name: PatternSet.unchecked(each, _HERE) for name, each in _FAMILIES.items()}
"""The patterns of each family, by its reason code."""

_LIMITS = ("quota", "rate-limit", "overloaded")


def error_family(text: str) -> str | None:
    """Return the reason code of what an error line tells of; `None` where it tells none."""
    return next((name for name, each in FAMILY_PATTERNS.items() if each.search(text)), None)


@lru_cache(REMEMBERED_LINES)
def names_limit(text: str) -> bool:
    """Say whether a line tells of a limit that ends by itself, as a failed login does not."""
    return any(FAMILY_PATTERNS[name].search(text) for name in _LIMITS)
