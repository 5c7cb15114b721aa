"""The options of a theme of one's own: what differs from the one that is chosen."""

import attrs

from oma.config.colour_kind import Colour
from oma.config.kinds import option


def _colour(about: str) -> str:
    return option("theme", Colour(), about)


@attrs.frozen
class ThemeColours:
    """Colours of the dashboard; on a terminal of fewer colours the nearest one is used."""

    accent: str = _colour("Keys, the brand, and WAITING where that has none of its own.")
    ok: str = _colour("Health OK.")
    idle: str = _colour("Health IDLE.")
    waiting: str = _colour("Health WAITING.")
    stuck: str = _colour("Health STUCK.")
    exited: str = _colour("Health EXITED.")
    faint: str = _colour("What matters less, and EXITED where that has none of its own.")
    rule: str = _colour("Lines and borders.")
    selection: str = _colour("Background of what is selected.")
