"""A window that the real `oma tile` keeps, on the private server, and what must hold of it."""

import random
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import attrs
import trio

from oma.model.ids import AgentId, PaneId, SessionId
from oma.placement.decide import decide
from oma.placement.facts import Wanted
from oma.placement.plan import Action
from oma.placement.policy import Policy
from oma.runtime.display.tiled_window import Look, look_of
from oma.tmux.queries.window_panes import LIST_WINDOW_PANES, parse_window_panes
from tests.support.oma_process import OmaProcess, oma, running_oma
from tests.support.patience import look_until
from tests.support.private_tmux import PrivateTmux

MAIN = PaneId("%0")


@attrs.define
class Tiled:
    """The window of a main pane, and the agents of the server."""

    tmux: PrivateTmux
    main: PaneId = MAIN
    columns: int = 300
    rows: int = 60
    more: dict[str, str] = attrs.Factory(dict)
    """Variables for `oma`."""
    refused: set[SessionId] = attrs.Factory(set)
    """Sessions whose pane a user closed."""

    def open(self) -> None:
        size = ("-x", str(self.columns), "-y", str(self.rows))
        self.tmux.run("new-session", "-d", "-s", "home", *size, "cat")

    def start(self, name: str, command: str = "cat") -> SessionId:
        new = ("new-session", "-d", "-P", "-F", "#{session_id}", "-s", f"oma-agent-{name}")
        window = f"=oma-agent-{name}:"
        # A session is born with the size of the latest client, whatever -x and -y say (3.3a).
        size = (";", "resize-window", "-t", window, "-x", "120", "-y", "40")
        free = (";", "set-option", "-w", "-u", "-t", window, "window-size")
        return SessionId(self.tmux.run(*new, command, *size, *free).strip())

    def end(self, session: str) -> None:
        self.tmux.run("kill-session", "-t", session)

    def close_by_hand(self, session: str) -> None:
        pane = self.shown().get(AgentId(session))
        if pane is not None:
            self.tmux.run("kill-pane", "-t", pane)
            self.refused.add(SessionId(session))

    def refuse(self, *, refuse: bool = True) -> None:
        """Make tmux refuse to make a pane: the one to split is gone; or no more."""
        alias = "split-window=kill-pane -t %9999" if refuse else "nothing=list-keys"
        self.tmux.run("set-option", "-s", "command-alias[90]", alias)

    def resize(self, columns: int, rows: int) -> None:
        self.tmux.run("resize-window", "-t", "home", "-x", str(columns), "-y", str(rows))

    # ---------------------------------------------------------------- what is

    def environment(self) -> dict[str, str]:
        pid = self.tmux.run("display-message", "-p", "#{pid}").strip()
        return {"TMUX": f"{self.tmux.socket_path},{pid},0", "TMUX_PANE": self.main, **self.more}

    def look(self) -> Look:
        text = self.tmux.run(*LIST_WINDOW_PANES.words())
        look = look_of(parse_window_panes(text.split("\n")), self.main)
        assert look is not None
        return look

    def shown(self) -> dict[AgentId | None, PaneId]:
        return {tile.agent: tile.pane for tile in self.look().facts.tiles}

    def views(self) -> set[str]:
        """The sessions that a client on a terminal shows."""
        lines = self.tmux.run("list-clients", "-F", "#{client_control_mode} #{session_id}")
        return {line.split()[1] for line in lines.split("\n") if line.startswith("0 ")}

    def agents(self) -> list[SessionId]:
        lines = self.tmux.run("list-sessions", "-F", "#{session_id} #{session_name}").split("\n")
        return [SessionId(line.split()[0]) for line in lines if "oma-agent-" in line]

    def sizes(self) -> dict[str, str]:
        """Size and own option of each agent's window."""
        text = self.tmux.run(
            *("list-windows", "-a", "-f", "#{m:oma-agent-*,#{session_name}}", "-F"),
            "#{session_id} #{window_width}x#{window_height} #{@oma_size}#{@oma_held}",
        )
        return dict(line.split(" ", 1) for line in text.split("\n") if line)

    def geometry(self) -> str:
        return self.tmux.run(
            *("list-panes", "-t", self.main, "-F"),
            "#{pane_id} #{pane_left} #{pane_top} #{pane_width} #{pane_height}",
        )

    def complaint(self, policy: Policy) -> str:
        """What the window is not, that `decide` asks for; empty when all is well."""
        look = self.look()
        wanted = [
            Wanted(AgentId(session), refused="closed" if session in self.refused else None)
            for session in self.agents()
        ]
        tiles = {tile.pane for tile in look.facts.tiles}
        plan = decide(attrs.evolve(look.facts, arranged=frozenset(tiles)), wanted, policy)
        acts = {Action.SPAWN, Action.CLOSE, Action.REPLACE}
        undone = [d for d in plan.decisions if d.action in acts]
        return "" if plan.step is None and not undone else f"{undone} {plan.step}"

    # --------------------------------------------------------------- waiting

    async def until(
        self, holds: Callable[[], object], told: Callable[[], object] = lambda: ""
    ) -> None:
        assert await look_until(holds), (told(), self.geometry())

    async def shows(self, *sessions: str) -> None:
        await self.until(lambda: set(self.shown()) == set(sessions), lambda: self.shown())

    async def quiet(self, policy: Policy = Policy()) -> None:  # noqa: B008  # frozen
        await self.until(lambda: not self.complaint(policy), lambda: self.complaint(policy))

    async def sized(self, size: str = "120x40 ") -> None:
        """Wait until every agent has its own size, and no option of ours is left."""
        await self.until(lambda: set(self.sizes().values()) <= {size}, self.sizes)

    # ------------------------------------------------------------------- oma

    @asynccontextmanager
    async def tiling(self, *options: object) -> AsyncIterator[OmaProcess]:
        """Run `oma tile` around the main pane, and interrupt it at the end."""
        async with running_oma("tile", *options, **self.environment()) as process:
            yield process

    async def oma(self, *arguments: object) -> subprocess.CompletedProcess[bytes]:
        return await oma(*arguments, **self.environment())


@attrs.define
class Life:
    """Random things that happen to a tiled window and its agents.

    Args:
        tiled: The window.
        seed: Of the chance.
        most: How many agents there are at once.
        refuses: tmux refuses now and then to make panes.
    """

    tiled: Tiled
    seed: int
    most: int = 12
    refuses: bool = False
    started: int = 0
    living: list[SessionId] = attrs.Factory(list)
    _chance: random.Random = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def happen(self) -> str:
        """Let one thing happen, and return its name."""
        act = self._chance.choice([*["start"] * 5, *["end"] * 3, "close", "resize", "resize"])
        shown = [session for session in self.living if AgentId(session) in self.tiled.shown()]
        if act == "start" and len(self.living) < self.most:
            self.started += 1
            self.living.append(self.tiled.start(str(self.started)))
        elif act == "end" and self.living:
            # Whose pane was closed is of no more interest.
            closed = [session for session in self.living if session in self.tiled.refused]
            gone = self._chance.choice(closed or self.living)
            self.living.remove(gone)
            self.tiled.end(gone)
        elif act == "close" and shown:
            try:
                self.tiled.close_by_hand(self._chance.choice(shown))
            except AssertionError:
                return "missed"  # tmux or oma were faster
        elif act == "resize":
            small = self._chance.random() < 0.3
            self.tiled.resize(
                self._chance.randint(90, 200) if small else self._chance.randint(200, 420),
                self._chance.randint(8, 30) if small else self._chance.randint(30, 120),
            )
        return act

    async def _burst(self) -> list[str]:
        refuse = self.refuses and self._chance.random() < 0.5
        if refuse:
            self.tiled.refuse()
        acts = [self.happen() for _ in range(self._chance.randint(1, 6))]
        if refuse:
            await trio.sleep(self._chance.random() * 0.2)
            self.tiled.refuse(refuse=False)
            # What was refused is tried again when something happens.
            self.tiled.resize(self._chance.randint(200, 420), self._chance.randint(30, 120))
            acts.append("refused")
        return acts

    async def pass_moment(self, policy: Policy = Policy()) -> list[str]:  # noqa: B008
        """Let things happen in bursts, up to a quiet moment at which all must be well."""
        acts = await self._burst()
        while self._chance.random() < 0.5:
            await trio.sleep(self._chance.random() * 0.2)
            acts += await self._burst()
        await self.tiled.quiet(policy)
        return acts

    async def pass_time(
        self,
        duration_s: float,
        policy: Policy = Policy(),  # noqa: B008
        say: Callable[[str], object] = lambda text: None,
    ) -> int:
        """Pass moments, for at least so long."""
        until_s = trio.current_time() + duration_s
        moments = 0
        while trio.current_time() < until_s:
            acts = await self.pass_moment(policy)
            moments += 1
            say(f"{moments}: after {' '.join(acts)}: {len(self.tiled.shown())} panes")
        return moments
