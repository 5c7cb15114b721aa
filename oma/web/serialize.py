"""Values as the browser gets them: JSON and moments. Pure."""

import json
from datetime import UTC, datetime


def encode(value: object) -> bytes:
    """Return JSON in ASCII, whatever an agent wrote; what JSON has no number for is refused."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()


def iso(epoch_s: float) -> str:
    """Return a moment in seconds since the epoch as UTC: `2026-11-20T20:03:58Z`."""
    return datetime.fromtimestamp(epoch_s, UTC).isoformat(timespec="seconds")[:-6] + "Z"
