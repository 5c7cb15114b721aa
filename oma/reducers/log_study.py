"""Studies the agents of a log, whatever they are: their screens, and by what programs they run."""

import attrs

from oma.detection.evidence import Evidence
from oma.detection.programs import program_names
from oma.detection.screen_study import ScreenStudy
from oma.detection.shells import is_shell
from oma.model.events import (
    AgentFound,
    Event,
    OutputLost,
    PaneCaptured,
    PaneOutput,
    PaneResized,
    PaneSeen,
    ProcessesSampled,
    ProcessSample,
    SessionOpened,
    SessionRenamed,
)
from oma.model.ids import PaneId, SessionId
from oma.reducers.fact_masking import LAUNCHERS
from oma.screen.emulator import Screen


@attrs.define
class PaneStudy:
    """What was seen of one pane."""

    session: SessionId
    study: ScreenStudy = attrs.Factory(ScreenStudy)
    found: str = ""
    """What an agent that was found in it is called."""
    programs: dict[str, None] = attrs.Factory(dict)
    """Names of what ran in it, but for shells and launchers, in the order of their coming."""
    is_launched: bool = False
    """A launcher runs it: its name is in the command line alone."""
    screen: Screen | None = None

    def runs(self, command: str) -> None:
        """Take the name of a program, or of one behind a launcher."""
        if command in LAUNCHERS:
            self.is_launched = True
        elif command and not is_shell(command):
            self.programs[command] = None

    def look(self, t: float) -> None:
        """Study what is shown at `t`, where that is known."""
        if self.screen is None:
            return
        lines, (column, row) = self.screen.lines(), self.screen.cursor
        if self.screen.failed is None:
            columns = self.screen.columns
            self.study.look(t, Evidence(lines, row, column, "", "", columns=columns))


@attrs.define
class LogStudy:
    """Takes the events of a log in order."""

    panes: dict[PaneId, PaneStudy] = attrs.Factory(dict)
    _names: dict[SessionId, str] = attrs.Factory(dict)

    @property
    def named(self) -> dict[str, PaneStudy]:
        """What was seen of each agent: by its name, where several panes share one the first."""
        named: dict[str, PaneStudy] = {}
        for pane in self.panes.values():
            named.setdefault(pane.found or self._names.get(pane.session, ""), pane)
        return named

    def take(self, t: float, event: Event) -> None:
        """Take what happened at `t`."""
        match event:
            case SessionOpened(session, name) | SessionRenamed(session, name):
                self._names[session] = name
            case PaneSeen():
                pane = self.panes.setdefault(event.pane, PaneStudy(event.session))
                pane.runs(event.command)
            case AgentFound(pane=pane_id, name=name):
                self.panes.setdefault(pane_id, PaneStudy(SessionId(""))).found = name
            case ProcessesSampled(samples):
                self._sampled(samples)
            case PaneCaptured() | PaneOutput() | PaneResized() | OutputLost():
                if event.pane in self.panes:
                    _show(self.panes[event.pane], t, event)
            case _:
                pass  # nothing is shown by it

    def _sampled(self, samples: tuple[ProcessSample, ...]) -> None:
        for sample in samples:
            if (pane := self.panes.get(sample.pane)) is not None:
                for name in program_names(sample.argv):
                    pane.runs(name)


def _show(
    pane: PaneStudy, t: float, event: PaneCaptured | PaneOutput | PaneResized | OutputLost
) -> None:
    match event:
        case PaneCaptured():
            pane.screen = Screen.seeded(event)
        case PaneOutput(_, data):
            if pane.screen is not None:
                pane.screen.feed(data)
        case PaneResized() | OutputLost():
            pane.screen = None
    pane.look(t)
