"""A web app over a store that is fed by hand, with a clock that stands and an executor that notes."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import attrs
import trio
from pydantic import TypeAdapter
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Scope

from oma.model.events import AgentFound, PaneOutput, SessionOpened
from oma.model.ids import AgentId, PaneId, SessionId
from oma.model.intents import Act, NewAgent, Refusal
from oma.model.wall_time import WallTime
from oma.store.history import History
from oma.store.store import Store
from oma.web.api.context import WebContext, WebControl, WebView
from oma.web.api.event_schema import (
    AgentsChanged,
    AgentsGone,
    AgentsSnapshot,
    HostsChanged,
    LogLines,
    ServerClock,
    TransitionEvent,
)
from oma.web.app import ROUTERS, build_app
from oma.web.assets import PAGE, Asset
from oma.web.auth.access import Access
from oma.web.auth.audit import Audit
from oma.web.auth.login_sessions import Grant, Sessions
from oma.web.auth.login_throttle import LoginThrottle
from oma.web.auth.roles import Role
from oma.web.auth.session_file import RunningServer, SessionFile
from oma.web.auth.tokens import TokenFile
from oma.web.auth.web_address import Address
from oma.web.presenter.agent_presenter import AgentPresenter
from oma.web.presenter.recording_library import RecordingLibrary
from oma.web.presenter.subscribers import Subscribers
from oma.web.serialize import encode
from tests.support.fleet_play import captured, empty, sampled, seen

HOST = "127.0.0.1:8420"
ORIGIN = f"http://{HOST}"
ADDRESS = Address((ORIGIN, "http://localhost:8420"), local=True)
CONTROL = {field.name for field in attrs.fields(WebControl)}
BEGAN = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


@attrs.define
class Clock:
    """A clock that only a test moves."""

    t: float = 0.0

    def __call__(self) -> float:
        return self.t


@attrs.define
class NotingExecutor:
    """Notes what is asked, and says that it was done."""

    asked: list[Act | AgentId] = attrs.Factory(list)
    fails: Exception | None = None
    refuses: Refusal | None = None
    done: Callable[[Act], object] | None = None
    """Called with what is asked."""
    by: str = ""
    """Who asked last."""

    async def carry_out(self, act: Act, by: str) -> str:
        self.asked.append(act)
        self.by = by
        if self.fails is not None:
            raise self.fails
        if self.done is not None:
            self.done(act)
        return "done"

    async def refusal(self, new: NewAgent) -> Refusal | None:
        return self.refuses

    async def open_terminal(self, agent: AgentId, by: str) -> str:
        self.asked.append(agent)
        self.by = by
        return "opened"


EVENTS = {
    "snapshot": AgentsSnapshot,
    "clock": ServerClock,
    "hosts": HostsChanged,
    "agents": AgentsChanged,
    "gone": AgentsGone,
    "transition": TransitionEvent,
}


def check_shape(shape: Any, value: object) -> None:
    """Assert that a value in JSON is of a shape, with no field missing and none more."""
    told = json.loads(encode(value))
    read = TypeAdapter(shape)
    assert read.dump_python(read.validate_python(told), mode="json", by_alias=True) == told


@attrs.define
class Answer:
    status: int = 0
    headers: list[tuple[bytes, bytes]] = attrs.Factory(list)
    body: bytes = b""

    def header(self, name: str) -> str | None:
        found = [value.decode() for key, value in self.headers if key.decode().lower() == name]
        return found[0] if found else None

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@attrs.define
class OpenStream:
    """The reader's side of a stream of events."""

    path: str
    left: trio.Event = attrs.Factory(trio.Event)
    ended: trio.Event = attrs.Factory(trio.Event)
    status: int = 0
    reads: trio.Event = attrs.Factory(trio.Event)
    """Cleared by a test for a reader that does not read."""
    _events: list[tuple[str, Any, str]] = attrs.Factory(list)
    _news: trio.Event = attrs.Factory(trio.Event)

    async def serve(self, app: ASGIApp, scope: Scope) -> None:
        self.reads.set()
        await app(scope, self._receive, self._send)
        self.ended.set()
        self._news.set()

    async def next(self) -> tuple[str, Any, str]:
        """Return the next event: its name, its data and its id."""
        while not self._events:
            assert not self.ended.is_set(), self.status
            self._news = trio.Event()
            await self._news.wait()
        return self._events.pop(0)

    async def _receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        await self.reads.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        for block in message.get("body", b"").decode().split("\n\n")[:-1]:
            fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
            if "event" in fields:
                event, data = fields["event"], json.loads(fields["data"])
                check_shape(EVENTS[event] if self.path == "/api/events" else LogLines, data)
                self._events.append((event, data, fields.get("id", "")))
        self._news.set()


@attrs.define
class FakeWeb:
    """A web app and what a test does to it."""

    access: Access
    view: WebView
    control: WebControl
    app: ASGIApp
    log: Clock
    wall: Clock

    @property
    def executor(self) -> NotingExecutor:
        return cast(NotingExecutor, self.control.executor)

    @property
    def presenter(self) -> AgentPresenter:
        return self.view.presenter

    @property
    def subscribers(self) -> Subscribers:
        return self.presenter.subscribers

    @property
    def store(self) -> Store:
        return cast(Store, self.presenter.store)

    def agent(self, number: int, name: str | None = None, text: bytes = b"") -> PaneId:
        """Let an agent appear that shows a text."""
        session, pane = SessionId(f"${number}"), PaneId(f"%{number}")
        store = self.store
        store.append(SessionOpened(session, f"oma-agent-{name or number}"))
        store.append(seen(pane=pane, session=session, idle_s=0.0))
        store.append(captured(pane=pane, data=text))
        store.append(sampled(pane=pane))
        return pane

    def agent_in_pane(self, number: int, title: str = "", label: str = "") -> PaneId:
        """Let an agent be found in a pane of the session of a user, `user`."""
        session, pane = SessionId("$9"), PaneId(f"%{number}")
        store = self.store
        store.append(SessionOpened(session, "user", is_agent=False))
        store.append(AgentFound(pane, "claude", "process", "claude"))
        facts = {"command": "claude", "title": title, "label": label}
        places = {"window_index": 0, "window_name": "node", "pane_index": number}
        store.append(seen(pane=pane, session=session, idle_s=0.0, **facts, **places))
        store.append(captured(pane=pane))
        store.append(sampled(pane=pane))
        return pane

    def prints(self, pane: str, data: bytes) -> None:
        self.store.append(PaneOutput(PaneId(pane), data))

    def login(
        self,
        role: Role = Role.ADMIN,
        agent: str | None = None,
        name: str = "ann",
        lasts_s: float = 3600.0,
        token: str | None = None,
    ) -> dict[str, str]:
        """Log somebody in and return the headers of a page of theirs."""
        grant = Grant(name, role, self.wall.t + lasts_s, agent, token)
        cookie = self.access.sessions.enter(grant)
        login = self.access.sessions.login(cookie)
        assert login is not None
        return {
            "cookie": f"{self.access.cookie_name(HOST)}={cookie}",
            "origin": ORIGIN,
            "x-oma-secret": login.new_secret(),
        }

    async def get(
        self, path: str, headers: Mapping[str, str] | None = None, **extra: Any
    ) -> Answer:
        return await self.call("GET", path, headers, **extra)

    async def post(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        **extra: Any,
    ) -> Answer:
        data = b"" if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json", **(headers or {})}
        return await self.call("POST", path, headers, data, **extra)

    async def call(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        client: tuple[str, int] = ("127.0.0.1", 9),
        host: str | None = None,
    ) -> Answer:
        """Ask for something and return the whole answer."""
        answer = Answer()
        given = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            if given:
                return given.pop()
            return await trio.sleep_forever()

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], list(message["headers"])
            else:
                answer.body += message.get("body", b"")

        scope = scope_of(method, path, headers, client=client, host=host)
        await self.app(scope, receive, send)
        self._check(scope, answer)
        return answer

    def _check(self, scope: Scope, answer: Answer) -> None:
        """Hold every answer to the shape that the API names for it."""
        if answer.header("content-type") != "application/json":
            return
        if answer.status >= 400:
            assert answer.json["error"]
            assert answer.json.keys() <= {"error", "field"}
            return
        for route in (route for router in ROUTERS for route in router.routes):
            shape = getattr(route, "response_model", None)
            if shape is not None and route.matches(scope)[0] is Match.FULL:
                check_shape(shape, answer.json)

    @asynccontextmanager
    async def stream(self, path: str, headers: Mapping[str, str]) -> AsyncIterator[OpenStream]:
        """Open a stream of events; whoever opened it leaves when the block ends."""
        opened = OpenStream(path)
        async with trio.open_nursery() as nursery:
            scope = scope_of("GET", path, headers)
            nursery.start_soon(opened.serve, self.app, scope)
            yield opened
            opened.left.set()

    @property
    def audited(self) -> list[dict[str, Any]]:
        """The lines of the audit log."""
        path = self.access.audit.path
        return (
            [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        )


def scope_of(
    method: str,
    path: str,
    headers: Mapping[str, str] | None = None,
    kind: str = "http",
    client: tuple[str, int] = ("127.0.0.1", 9),
    host: str | None = None,
    **more: Any,
) -> Scope:
    path, _, query = path.partition("?")
    pairs = [(b"host", (host or "127.0.0.1:8420").encode())]
    pairs += [(key.lower().encode(), value.encode()) for key, value in (headers or {}).items()]
    return {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http" if kind == "http" else "ws",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": pairs,
        "client": client,
        "server": ("127.0.0.1", 8420),
        "state": {},
        "extensions": {},
    } | more


def make_web(directory: Path, assets: dict[str, Asset] | None = None, **changes: Any) -> FakeWeb:
    """Return a web app whose files are in a directory; changes are of its access and control."""
    log, wall = Clock(), Clock(1_800_000_000.0)
    store, subscribers = Store(empty().fleet, log), Subscribers(8, 8, wall)
    library = RecordingLibrary(directory, lambda _header, _name: History(empty().fleet), wall)
    statistics = changes.pop("statistics", None)
    presenter = AgentPresenter(store, lambda: WallTime(BEGAN), subscribers, "oma-agent-")
    view = WebView(presenter, library, "1", statistics)
    of_control = {key: changes.pop(key) for key in changes.keys() & CONTROL}
    control = WebControl(NotingExecutor(), **of_control)
    parts: dict[str, Any] = {
        "now_s": wall,
        "address": ADDRESS,
        "sessions": Sessions(wall, idle_s=1800.0),
        "tokens": TokenFile(directory / "web-tokens.json", wall),
        "session_file": SessionFile(directory / "web-sessions.json", wall),
        "server": RunningServer("127.0.0.1:8420", ORIGIN),
        "throttle": LoginThrottle(wall),
        "audit": Audit(directory / "web-audit.jsonl", wall),
        "read_only": False,
    }
    access = Access(**parts | changes)
    files = {PAGE: Asset(b"<p>", "text/html", "no-cache")} | (assets or {})
    app = build_app(WebContext(access, view, control), files)
    return FakeWeb(access, view, control, app, log, wall)
