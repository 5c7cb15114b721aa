"""The file of the agents of one tmux server, which outlives it."""

from collections.abc import Callable

import attrs

from oma.errors import OmaError
from oma.files.locked_file import LockedFile
from oma.model.kept_fleet import KeptAgent, KeptFleet


@attrs.frozen
class FleetFile:
    """The agents of one server.

    Args:
        file: Where they are.
    """

    file: LockedFile

    def read(self) -> KeptFleet:
        """Return the agents.

        Raises:
            OmaError: The file cannot be read, or is none of ours.
        """
        try:
            found = self.file.read()
            return KeptFleet() if found is None else _fleet(found)
        except (ValueError, TypeError, LookupError, AttributeError):
            raise OmaError(f"{self.file.path} holds no agents: remove it") from None

    def change(self, change: Callable[[KeptFleet], KeptFleet]) -> KeptFleet:
        """Change them, after all others who do, and return them; they are on the disk then.

        Raises:
            OmaError: They cannot be read or written.
        """
        with self.file.alone():
            before = self.read()
            fleet = change(before)
            if fleet != before:
                self.file.write(attrs.asdict(fleet))
        return fleet


def _fleet(found: object) -> KeptFleet:
    if not isinstance(found, dict) or not isinstance(found["server"], str):
        raise TypeError
    agents, lost = (tuple(map(_agent, found[key])) for key in ("agents", "lost"))
    return KeptFleet(found["server"], agents, lost)


def _agent(found: dict[str, object]) -> KeptAgent:
    agent = KeptAgent(**found)  # type: ignore[arg-type]  # each field is checked below
    for field in attrs.fields(KeptAgent):
        if type(getattr(agent, field.name)) is not field.type:
            raise TypeError
    return agent
