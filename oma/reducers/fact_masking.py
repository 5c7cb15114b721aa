"""What is masked of the facts about an agent that others get to see: all but what its kind is told by."""

import attrs

from oma.detection.profile import Profile
from oma.detection.redaction import Redaction
from oma.detection.shells import is_shell
from oma.detection.status_claims import KNOWN_DETAILS
from oma.model.events import PaneSeen, ProcessSample
from oma.model.printable import printable
from oma.model.signals import (
    Bell,
    Notified,
    ProgressShown,
    PromptMarked,
    Signal,
    StatusReported,
    TitleSet,
)
from oma.model.status_file import StatusFileRead

LAUNCHERS = frozenset(
    {"bun", "deno", "docker", "node", "npx", "podman", "python", "python3", "ssh", "tmux", "uv"}
)
"""Programs that an agent may run in; everybody has them."""


@attrs.frozen
class FactMasking:
    """Masks the facts about one agent.

    Args:
        profile: Its kind: the names of its programs are kept.
        redaction: Of its texts.
    """

    profile: Profile
    redaction: Redaction

    def seen(self, seen: PaneSeen) -> PaneSeen:
        """Return what tmux says of its pane, without process, directory and names."""
        return attrs.evolve(
            seen,
            pid=min(seen.pid, 1),
            command=self._program(seen.command),
            title=printable(self.redaction.line(seen.title)),
            cwd="/",
            window_name="",
            label="",
            group="",
        )

    def sample(self, sample: ProcessSample) -> ProcessSample:
        """Return what the process table says of it, its command line masked."""
        first, words = sample.argv[:1], sample.argv[1:]
        argv = (*map(self._program, first), *self.redaction.lines(words))
        return attrs.evolve(sample, argv=argv, pid=min(sample.pid, 1))

    def status_file(self, told: StatusFileRead) -> StatusFileRead:
        """Return what its status file says, without what its user may have written."""
        known = told.detail in KNOWN_DETAILS
        detail = told.detail if known else self.redaction.line(told.detail)
        return attrs.evolve(told, pid=min(told.pid, 1), detail=detail)

    def signal(self, signal: Signal) -> Signal:
        """Return what it says by an escape sequence, its texts masked."""
        match signal:
            case TitleSet(text) | Notified(text):
                return attrs.evolve(signal, text=self.redaction.line(text))
            case StatusReported():
                app = signal.app if signal.app in self.profile.commands else ""
                told = self.redaction.line(signal.message)
                return attrs.evolve(signal, app=app, id="", message=told)
            case Bell() | ProgressShown() | PromptMarked():
                return signal

    def _program(self, command: str) -> str:
        name = command.rpartition("/")[2]
        is_known = name in self.profile.commands or name in LAUNCHERS or is_shell(name)
        return name if is_known else "program"
