"""The shapes of `oma.model.documents`, key by key: of the command line and of the browser.

docs/json.md and the schema of the browser's API are made of them, with the text below each key.

Texts that an agent wrote (names, titles, evidence, what is asked) are as they came: hostile.
"""

from typing import Annotated, Literal, TypedDict

from oma.model.health import Health


class UntilDocument(TypedDict):
    """When a failure, or a limit that is asked about, ends."""

    text: str
    """As the agent wrote it."""
    at: str | None
    """Date and time, where the text says that."""


class EndingDocument(TypedDict):
    """When a failure ends, in the log."""

    text: str
    """As the agent wrote it."""
    t: float | None
    """Seconds of the log, where the text says that."""


class DialogOptionDocument(TypedDict):
    """One option of a dialog."""

    key: str
    """What is typed to choose it; empty where only the arrow keys reach it."""
    label: str
    """Its words."""
    chosen: bool
    """It is the one that Enter takes."""


class DialogDocument(TypedDict):
    """What an agent asks."""

    question: str
    """The question."""
    subject: str
    """What is to be permitted: a command, a file; may have lines."""
    options: list[DialogOptionDocument]
    """In the order of the screen."""
    takes_text: bool
    """A line of text and Enter answer it; the options are examples of one."""
    fingerprint: str
    """Of these words and options. An answer carries it back (`oma answer --to`), and is refused when
    another dialog is open by then."""


class ChangesDocument(TypedDict):
    """How the files and the branch of a checkout stood when its agent last rested."""

    dirty: int
    """Files that are not committed: changed, new or in conflict."""
    conflicts: int
    """Files that are in conflict."""
    ahead: int | None
    """Commits that its upstream lacks; null where it has no upstream."""
    behind: int | None
    """Commits of its upstream that it lacks; null where it has none."""


class AgentDocument(TypedDict):
    """An agent as it is now."""

    agent: str
    """Its name."""
    id: str
    """Its id, which never changes: `$1` of a session, `%5` of a pane."""
    place: str | None
    """`session:window.pane`; null where its session is its own."""
    session: str
    """tmux's id of its session."""
    pane: str | None
    """tmux's id of its pane."""
    health: Health
    """How it is."""
    reason: str
    """Why, as a code: `permission`, `silent`, `retry`…"""
    rule: str
    """What decided: `claude/retry`."""
    evidence: str
    """The line or fact that the rule rests on."""
    until: UntilDocument | None
    """When it ends, where the screen says that."""
    since: str
    """Since when it is so: date and time."""
    idle_s: float | None
    """Seconds since it was last active; null if it never was."""
    profile: str
    """Its kind; `generic` where that is not known."""
    command: str
    """The program in the foreground of its pane."""
    title: str
    """Of its terminal."""
    cwd: str
    """Its directory."""
    group: str
    """That the user put it in; empty for none."""
    session_name: str
    """The name of its session."""
    project: str
    """The repository that its directory is in, else the directory."""
    branch: str
    """The git branch there; empty if there is none."""
    changes: ChangesDocument | None
    """What is not committed there, or not upstream; null where that was not looked at."""
    task: str
    """What its title says that it does; empty if nothing."""
    pid: int | None
    """Of the process in the foreground."""
    cpu_percent: float | None
    """Of one core, all its processes together."""
    rss_bytes: int | None
    """Memory, all its processes together."""
    dialog: DialogDocument | None
    """What it asks; null if nothing."""


_Ends = TypedDict(
    "_Ends",
    {
        "from": Annotated[Health | None, "Its health before; null for the first verdict on it."],
        "to": Annotated[Health, "Its health now."],
    },
)


class TransitionDocument(_Ends):
    """A change of an agent's health."""

    t: float
    """When, in seconds of the log."""
    seq: int
    """The number of the record that caused it."""
    agent: str
    """The agent's name."""
    id: str | None
    """The agent's id; null in what older versions recorded."""
    place: str | None
    """`session:window.pane`; null where its session is its own."""
    reason: str
    """Why, as a code."""
    rule: str
    """What decided."""
    evidence: str
    """The line or fact that the rule rests on."""
    until: EndingDocument | None
    """When it ends, where the screen says that."""


class RecognisedDocument(TypedDict):
    """What told of which kind an agent is."""

    way: str
    """`process`, `title`, `screen`, `report` or `option`."""
    evidence: str
    """What was seen."""


class EvidenceDocument(TypedDict):
    """One thing that was seen of an agent, and what it says."""

    health: Health
    """What it says."""
    rule: str
    """By which rule."""
    text: str
    """The line or fact."""
    line: int | None
    """Of the screen, from 1."""
    since: float
    """For how many seconds it has been there."""
    counts: bool
    """It has been there for as long as its rule asks."""
    lost: str | None
    """Why it did not decide; null for what did."""


class SuccessorDocument(TypedDict):
    """What an agent would be if what decides were gone."""

    health: Health
    """Its health then."""
    rule: str
    """By which rule."""


class OutlookDocument(TypedDict):
    """What an agent becomes when nothing happens."""

    t: float
    """When, in seconds of the log."""
    health: Health
    """Its health then."""
    reason: str
    """Why, as a code."""
    rule: str
    """By which rule."""


class ExplanationDocument(TypedDict):
    """Why an agent is as it is."""

    t: float
    """The moment that is explained, in seconds of the log."""
    agent: str
    """The agent's name."""
    id: str | None
    """The agent's id; null in what older versions recorded."""
    pane: str | None
    """tmux's id of its pane."""
    place: str | None
    """`session:window.pane`; null where its session is its own."""
    listed: Literal["session", "pane"]
    """Because of the name of its session, or because it was found in its pane."""
    profile: str
    """Its kind."""
    recognised: RecognisedDocument | None
    """What told its kind; null where nothing did."""
    health: Health
    """Its health."""
    reason: str
    """Why, as a code."""
    rule: str
    """What decided."""
    evidence: str
    """The line or fact that the rule rests on."""
    until: EndingDocument | None
    """When it ends, where the screen says that."""
    line: int | None
    """The line of the screen that decided, from 1."""
    since: float
    """For how many seconds it has been so."""
    sees_screen: bool
    """Its screen is known."""
    seen: list[EvidenceDocument]
    """All that was seen, what decided first."""
    if_it_goes: SuccessorDocument | None
    """What it would be without what decided."""
    if_nothing_happens: OutlookDocument | None
    """What time alone makes of it; null for nothing."""


class StatusDocument(TypedDict):
    """All agents of a tmux server."""

    server: bool
    """A tmux server runs."""
    tmux: str | None
    """Its version."""
    agents: list[AgentDocument]
    """In the order of their sessions and panes."""
