"""One WebSocket on a terminal: what is sent to the page, what it asks for, and how it ends."""

import attrs
import trio
from starlette.websockets import WebSocket, WebSocketDisconnect

from oma.errors import OmaError
from oma.model.ids import PaneId
from oma.model.state import AgentState
from oma.web.auth.access import Caller
from oma.web.auth.roles import Permission, Role
from oma.web.terminal import terminal_requests
from oma.web.terminal.input_queue import InputQueue
from oma.web.terminal.scrollback import read_quietly
from oma.web.terminal.terminals import Terminal, Terminals
from oma.web.terminal.viewer import Viewer

AGAIN_S = 1.0
"""How soon somebody who fell behind gets the whole screen again."""


class Closing:
    """Codes with which a WebSocket is closed (RFC 6455; 4000 and above are ours)."""

    ENDED = 1000
    LEAVING = 1001
    WRONG = 1008
    LOGIN = 4401
    FORBIDDEN = 4403
    ABSENT = 4404
    TOO_MANY = 4429


@attrs.define(eq=False)
class TerminalConnection:
    """One page's terminal.

    Args:
        socket: To the page; accepted.
        caller: Whose page it is.
        agent: Whose terminal it is.
        pane: Of the agent.
        viewer: The page, as the terminal knows it.
        terminals: All of them.
        terminal: This one.
    """

    socket: WebSocket
    caller: Caller
    agent: AgentState
    pane: PaneId
    viewer: Viewer
    terminals: Terminals
    terminal: Terminal
    _input_queue: InputQueue | None = None
    """While the page controls the terminal."""
    _is_reading: bool = False
    """What has scrolled away is on its way."""

    async def run(self) -> int:
        """Serve until either side ends it; return the code to close with."""
        code = Closing.ENDED
        async with trio.open_nursery() as nursery:

            async def ends(event: trio.Event, with_code: int) -> None:
                nonlocal code
                await event.wait()
                code = with_code
                nursery.cancel_scope.cancel()

            nursery.start_soon(ends, self.terminals.subscribers.closing, Closing.LEAVING)
            nursery.start_soon(ends, self.caller.login.ended, Closing.LOGIN)
            nursery.start_soon(self._send, nursery.cancel_scope)
            await self._listen(nursery)
            nursery.cancel_scope.cancel()
        return code

    async def _send(self, scope: trio.CancelScope) -> None:
        while True:
            try:
                for message in await self.viewer.take():
                    kind = "bytes" if isinstance(message, bytes) else "text"
                    await self.socket.send({"type": "websocket.send", kind: message})
            except WebSocketDisconnect:
                scope.cancel()
                return
            if self.viewer.ended or self.viewer.lost:
                scope.cancel()
                return
            if self.viewer.behind:
                await trio.sleep(AGAIN_S)
                self.terminal.stream.join(self.viewer)

    async def _listen(self, nursery: trio.Nursery) -> None:
        while True:
            message = await self.socket.receive()
            if message["type"] != "websocket.receive":
                return
            # Nothing is asked in binary.
            self._obey(terminal_requests.read_message(message.get("text") or ""), nursery)

    def _obey(self, asked: terminal_requests.Message | None, nursery: trio.Nursery) -> None:
        match asked:
            case terminal_requests.TakeControl():
                self._take(nursery)
            case terminal_requests.ReleaseControl():
                if self._input_queue is not None:
                    self._input_queue.leave()
            case terminal_requests.TypeKeys() | terminal_requests.PasteText() as typed:
                self._type(typed)
            case terminal_requests.AskHistory():
                if not self._is_reading:
                    nursery.start_soon(self._show_history)
            case None:
                self._refuse("this message is not understood")

    async def _show_history(self) -> None:
        stream, history = self.terminal.stream, self.terminals.history
        self._is_reading = True
        try:
            captured = await read_quietly(history, self.pane, lambda: stream.printed)
        except OmaError as error:
            self._refuse(str(error))
            return
        finally:
            self._is_reading = False
        self.terminal.stream.join(self.viewer, captured)

    def _take(self, nursery: trio.Nursery) -> None:
        if self._input_queue is not None:
            return
        may = self.caller.grant.role is Role.ADMIN
        input_queue = InputQueue(self.pane, self.terminals.keyboards)
        try:
            self.caller.require(Permission.ACT, self.agent.lasting_name)
            self.caller.note("control", self.agent.name, id=self.agent.id)
        except OmaError as error:
            self._refuse(str(error))
            return

        def lost() -> None:
            input_queue.stop()
            self._input_queue = None

        refusal = self.terminal.control.take(self.viewer, lost, may_take_over=may)
        if refusal:
            self._refuse(refusal)
            return
        self._input_queue = input_queue
        self.terminals.log("control", self.pane, self.viewer.name)
        self.terminals.subscribers.control(self.agent.id, self.viewer.name)
        self.terminal.tell_control()
        nursery.start_soon(self._write, input_queue)

    def _type(self, typed: terminal_requests.TypeKeys | terminal_requests.PasteText) -> None:
        if self._input_queue is None:
            self._refuse("take control of this terminal first")
        elif not self._input_queue.put(typed):
            self._refuse("too much at once: tmux does not keep up")

    async def _write(self, input_queue: InputQueue) -> None:
        try:
            await input_queue.run()
        except OmaError as error:
            self._refuse(str(error))
        finally:
            self._released(input_queue)

    def _released(self, input_queue: InputQueue) -> None:
        ours = self._input_queue is input_queue  # or somebody took it, and perhaps we took it back
        if ours:
            self._input_queue = None
            self.terminal.control.release(self.viewer)
        self.terminals.log("release", self.pane, self.viewer.name)
        try:
            self.caller.note(
                "typed", self.agent.name, id=self.agent.id, bytes=input_queue.count_bytes
            )
        except OmaError as error:
            self._refuse(str(error))
        if ours:
            self.terminals.subscribers.control(self.agent.id, None)
            self.terminal.tell_control()

    def _refuse(self, words: str) -> None:
        self.viewer.tell("refused", words=words)
