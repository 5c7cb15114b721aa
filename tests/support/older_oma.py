"""Makes of a recording what a former `oma` wrote: neither options nor profiles, and fewer facts."""

import json
import sys
from collections.abc import Iterable, Iterator

LATER_KEYS = {"oma", "config", "profiles"}
LATER_FACTS = {"checkout-seen", "status-file-read", "pane-sampled", "agents-stand", "changes-told"}


def former(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines as that one wrote them, numbered without a gap."""
    number = 0
    for line in lines:
        kept = {key: value for key, value in json.loads(line).items() if key not in LATER_KEYS}
        if kept.get("type") in LATER_FACTS:
            continue
        if "seq" in kept:
            number += 1
            kept["seq"] = number
        yield json.dumps(kept).encode() + b"\n"


if __name__ == "__main__":
    for line in former(sys.stdin.buffer):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
