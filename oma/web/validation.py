"""What is wrong with a request's fields, in words for whoever sent it.

The validator's own words speak of patterns and models, to those who wrote them.
"""

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_too_short": "must not be empty",
    "string_too_long": "is too long: at most {max_length} characters",
    "string_type": "must be a text",
    "string_unicode": "must be a text",
    "enum": "must be {expected}",
    "literal_error": "must be {expected}",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "greater_than_equal": "must be at least {ge:.0f}",
    "less_than_equal": "must be at most {le:.0f}",
    "json_invalid": "is not JSON",
    "model_attributes_type": "must be a JSON object",
    "dict_type": "must be a JSON object",
}
"""By the validator's kind of error; what stands in braces is in the error's context."""

_PATTERNS = {"^[A-Za-z0-9_-]+$": "may have letters, digits, '_' and '-' alone"}

_OTHERWISE = "is not accepted"


def place_of(error: Mapping[str, Any]) -> str:
    """Return the field that an error is about, such as `name` or `path.id`; empty for the body."""
    if error["type"] == "json_invalid":
        return ""
    return ".".join(str(part) for part in error["loc"] if part != "body")


def words_of(error: Mapping[str, Any]) -> str:
    """Return what is wrong on one line, such as `name must not be empty`."""
    name = place_of(error).rpartition(".")[2] or "the body"
    context = error.get("ctx", {})
    if error["type"] == "string_pattern_mismatch":
        return f"{name} {_PATTERNS.get(context['pattern'], _OTHERWISE)}"
    return f"{name} {_WORDS.get(error['type'], _OTHERWISE).format_map(context)}"
