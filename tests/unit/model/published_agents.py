"""An agent and a change of it, with all that a document of them can hold."""

from oma.model.checkout import Changes
from oma.model.dialog import Dialog, DialogOption
from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId, PaneId, SessionId, WindowId
from oma.model.state import AgentState

VERDICT = Verdict(Health.WAITING, "question", "generic/dialog-shape", "go on?", 3.25)
AGENT = AgentState(
    session=SessionId("$3"),
    name="login",
    pane=PaneId("%5"),
    verdict=VERDICT,
    profile="claude",
    command="claude",
    title="",
    cwd="/srv/api",
    pid=7,
    columns=80,
    rows=24,
    active_s=1.0,
    cpu_percent=0.5,
    rss_bytes=1 << 30,
    gone=False,
    dialog=Dialog("go on?", "rm -rf build", (DialogOption("1", "Yes", chosen=True),)),
    id=AgentId("%5"),
    window=WindowId("@2"),
    place="work:1.0",
    names=("login", "api"),
    changes=Changes(1, 0, 2, None),
    sampled_s=9.5,
)
TOLD = Transition(3.25, 17, "login", Health.OK, VERDICT, AgentId("%5"), "work:1.0")
