"""The offer to start agents again that went with their tmux server: one line, a key, and one question. Pure."""

import attrs

from oma.model.intents import RestoreAgents
from oma.model.kept_fleet import LostAgent
from oma.model.printable import printable
from oma.model.text_table import text_table
from oma.tui.inputs import Input, Key
from oma.tui.keymap import KeyAction, Keymap
from oma.tui.view_model import Browsing, Confirming, UpdateContext, View, selected_agent


def offer(lost: tuple[LostAgent, ...], keymap: Keymap) -> str:
    """Return the line that says how many are gone; empty where none is."""
    if not lost:
        return ""
    who, them = ("1 agent", "it") if len(lost) == 1 else (f"{len(lost)} agents", "them")
    key = keymap.key_for(KeyAction.RESTART)
    how = f"{key} restores" if key else "'oma restore' starts"
    return f"{who} of the tmux before {'is' if len(lost) == 1 else 'are'} gone: {how} {them}"


def restores(view: View, given: Input, context: UpdateContext) -> bool:
    """Say whether an input accepts the offer: its key, while that is shown or there is no agent to restart."""
    if not isinstance(given, Key) or not isinstance(view.mode, Browsing) or not view.lost:
        return False
    if context.keymap.actions.get(given.name) is not KeyAction.RESTART:
        return False
    agent = selected_agent(view, context)
    is_shown = view.notice == offer(view.lost, context.keymap)
    return is_shown or agent is None or agent.gone


def ask_to_restore(view: View, context: UpdateContext) -> View:
    """Ask whether those who are gone are to be started again, with the list of them."""
    count = f"{len(view.lost)} agent{'s' * (len(view.lost) > 1)}"
    rows = [("AGENT", "STARTED BY", "DIRECTORY")]
    for agent in view.lost:
        name = agent.session.removeprefix(context.prefix) or agent.session
        rows.append((printable(name), printable(agent.line), printable(agent.directory)))
    names = ", ".join(name for name, _, _ in rows[1:])
    intent = RestoreAgents(tuple(agent.session for agent in view.lost))
    mode = Confirming(f"start {count} again: {names}?", intent, about=tuple(text_table(rows)))
    return attrs.evolve(view, mode=mode, notice="")
