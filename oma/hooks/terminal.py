"""Where the terminal of a process is, by the number of its device, as Linux tells it in `/proc/PID/stat`.

Agents start hooks in sessions of their own, without a controlling terminal; the agent itself, an
ancestor of the hook, has the one of its pane.
"""

_FIRST_PTS_MAJOR, _LAST_PTS_MAJOR = 136, 143


def pseudo_terminal(device: int) -> str | None:
    """Return the path of a pseudo terminal, as every pane's is, by its device; 12 bits are major, 20 minor."""
    major = device >> 8 & 0xFFF
    minor = device & 0xFF | device >> 12 & 0xFFF00
    if not _FIRST_PTS_MAJOR <= major <= _LAST_PTS_MAJOR:
        return None
    return f"/dev/pts/{(major - _FIRST_PTS_MAJOR) * 256 + minor}"
