"""What the user asks for, in the imperative: the mirror of `oma.model.events`.

Views make intents and do nothing themselves; `oma.runtime` carries them out. What comes of one is seen
in the events that follow. An intent names an agent by its id, never by its place in a list that changes.
"""

import attrs

from oma.model.ids import AgentId


@attrs.frozen
class AttachAgent:
    """Hand the terminal to the agent until the user comes back."""

    agent: AgentId


@attrs.frozen
class ShowAgent:
    """Show the agent's live session beside the dashboard."""

    agent: AgentId


@attrs.frozen
class JumpToAgent:
    """Show the user the agent's own window and pane, in the tmux that they are in."""

    agent: AgentId


@attrs.frozen
class ToggleTiling:
    """Show agents as panes around the dashboard, or no more."""

    filter_text: str
    """Whom to show."""


@attrs.frozen
class CycleTiling:
    """Arrange agent panes in the next way."""


@attrs.frozen
class LetType:
    """Make the pane that shows the agent take keys."""

    agent: AgentId


@attrs.frozen
class NewAgent:
    """Start an agent."""

    name: str
    """With or without the prefix of agents."""
    command: str
    """The name of a profile, or a line for the shell."""
    directory: str
    """As a user types it: `~` and relative ones included."""


@attrs.frozen
class Proposals:
    """What a form for a new agent holds before anything is typed."""

    command: str = ""
    directory: str = ""
    profiles: tuple[str, ...] = ()
    """Names that may stand for a command."""


@attrs.frozen
class Refusal:
    """Why a new agent cannot be started."""

    field: str
    """Of `NewAgent`, which is wrong."""
    words: str


@attrs.frozen
class StopAgent:
    """Ask the agent's program to end; make it end when it does not."""

    agent: AgentId
    patience_s: float | None = None
    """How long to ask, in seconds; `None` as long as is usual."""


@attrs.frozen
class KillAgent:
    """End the agent's program at once, and the session if that was made for it."""

    agent: AgentId


@attrs.frozen
class RestartAgent:
    """Start the agent's program again in its pane, with its conversation where it can go on with that."""

    agent: AgentId
    fresh: bool = False
    """By its first command all the same."""


@attrs.frozen
class SendText:
    """Type a text into the agent, and Enter."""

    agent: AgentId
    text: str
    enter: bool = True
    anyway: bool = False
    """Also where the agent waits for an answer, which the text and its Enter would be."""


@attrs.frozen
class QueueText:
    """Send the agent a text when it rests at its prompt."""

    agent: AgentId
    text: str


@attrs.frozen
class RestoreAgents:
    """Start agents again that went with their tmux server."""

    sessions: tuple[str, ...]
    """Their names."""


@attrs.frozen
class AnswerDialog:
    """Choose an option of the dialog that the agent shows, and of no other dialog."""

    agent: AgentId
    key: str
    """Of the option, as `DialogOption.key`; a line of text, where `Dialog.takes_text`."""
    fingerprint: str
    """Of the dialog that the user saw, as `Dialog.fingerprint`."""


EachAct = StopAgent | SendText | QueueText | AnswerDialog
"""What may be asked of several agents at once."""


@attrs.frozen
class Together:
    """Acts on several agents that were asked about once; each is checked for itself."""

    acts: tuple[EachAct, ...]


@attrs.frozen
class RenameAgent:
    """Call the agent by another name: its session, where that was made for it, else its pane."""

    agent: AgentId
    name: str


@attrs.frozen
class Resync:
    """Ask tmux for everything again."""


Act = (
    NewAgent
    | StopAgent
    | KillAgent
    | RestartAgent
    | RenameAgent
    | SendText
    | AnswerDialog
    | Resync
)
"""What needs no terminal of the user's."""

Intent = (
    AttachAgent
    | ShowAgent
    | JumpToAgent
    | ToggleTiling
    | CycleTiling
    | LetType
    | QueueText
    | RestoreAgents
    | Together
    | Act
)
