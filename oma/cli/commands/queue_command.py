"""`oma queue`: prompts that are sent when an agent rests at its prompt: added, listed, edited, removed."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence

import attrs
import trio

from oma.cli.arguments import add_flag, add_json
from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE
from oma.cli.given_text import given_text
from oma.cli.one_agent import find_agent
from oma.cli.option_values import JsonOptions
from oma.cli.printed_shapes import QueuedDocument
from oma.cli.quantities import place
from oma.cli.queue_task import is_sent, queue_file
from oma.errors import ConfigError, OmaError
from oma.model.printable import printable
from oma.model.prompts import TYPING, UNSURE, Addressee, Prompt, PromptQueue
from oma.model.text_table import text_table
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.agents.queueing import queue_prompt
from oma.tmux.pane_input import check_text, plain_lines

WIDEST = 70
"""Characters of a text in the list."""


@attrs.frozen(kw_only=True)
class QueueOptions(JsonOptions):
    """What is done with the queue."""

    agent: str | None = None
    text: tuple[str, ...] = ()
    file: str | None = None
    edit: int | None = None
    """The number of the prompt that gets another text."""
    remove: int | None = None
    clear: bool = False
    resume: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma queue`."""
    parser.add_argument("agent", nargs="?", help="without one, list what is queued")
    parser.add_argument("text", nargs="*", help="'-' reads it from standard input")
    parser.add_argument("--file", metavar="FILE", help="the text is in this file")
    parser.add_argument(
        "--edit", type=place, metavar="N", help="the text replaces that of number N"
    )
    parser.add_argument("--remove", type=place, metavar="N", help="send number N no more")
    add_flag(parser, "--clear", "send nothing more of what is queued for the agent")
    add_flag(parser, "--resume", "go on with a queue that stopped by itself")
    add_json(parser)


def run(options: QueueOptions) -> int:
    """Do what is asked for, or print the queue.

    Raises:
        ConfigError: The options exclude each other.
        OmaError: There is no such agent or prompt, or the queue cannot be written.
    """
    context = read_context(options)
    file = queue_file(context)
    acts = (options.edit, options.remove, options.clear or None, options.resume or None)
    if sum(act is not None for act in acts) > 1:
        raise ConfigError("oma queue: --edit, --remove, --clear and --resume: give one")
    words = tuple(word for word in (options.agent, *options.text) if word is not None)
    if options.edit is not None:
        text = plain_lines(given_text(words, options.file, "oma queue --edit"))
        check_text(text)
        _change_one(file, options.edit, lambda q, number: q.with_text(number, text))
    elif options.remove is not None:
        _change_one(file, options.remove, lambda q, n: q.without(lambda p: p.number == n))
    elif options.clear or options.resume:
        _change_all(file, _addressees(context, file.read(), options.agent), clears=options.clear)
    elif options.text or options.file is not None:
        text = given_text(options.text, options.file, "oma queue")
        print(printable(trio.run(_add, context, file, options.agent or "", text)))
        if not is_sent(context):
            print("oma: it is sent while 'oma serve' or the dashboard runs", file=sys.stderr)
    else:
        _list(context, file.read(), options)
    return DONE


async def _add(context: CliContext, file: QueueFile, name: str, text: str) -> str:
    return await queue_prompt(context.server, file, await find_agent(context, name), text)


def _change_one(
    file: QueueFile, number: int, change: Callable[[PromptQueue, int], PromptQueue]
) -> None:
    def checked(queue: PromptQueue) -> PromptQueue:
        prompt = queue.prompt(number)
        if prompt is None:
            raise OmaError(f"no prompt {number} is queued: it may have been sent")
        if prompt.state == TYPING:
            raise OmaError(f"prompt {number} is being typed now")
        return change(queue, number)

    file.change(checked)


def _change_all(file: QueueFile, whom: Sequence[Addressee], *, clears: bool) -> None:
    def changed(queue: PromptQueue) -> PromptQueue:
        for to in whom:
            queue = queue.cleared(to) if clears else queue.resumed(to)
        return queue.without(
            lambda p: p.to in whom and (p.state == UNSURE or (clears and p.state != TYPING))
        )

    file.change(changed)


def _addressees(context: CliContext, queue: PromptQueue, name: str | None) -> list[Addressee]:
    """Return those whom something is queued for and who are called so, alive or not.

    Raises:
        OmaError: There is none.
    """
    if name is None:
        raise ConfigError("oma queue: expected an agent")
    known = dict.fromkeys((*(p.to for p in queue.prompts), *(to for to, _ in queue.stopped)))
    found = [to for to in known if to.name in {name, context.full_name(name)}]
    if not found:
        raise OmaError(f"nothing is queued for {name!r}")
    return found


def _list(context: CliContext, queue: PromptQueue, options: QueueOptions) -> None:
    prompts: Sequence[Prompt] = queue.prompts
    if options.agent is not None:
        names = {options.agent, context.full_name(options.agent)}
        prompts = [prompt for prompt in prompts if prompt.to.name in names]
    if options.json:
        print(json.dumps([_document(prompt, queue) for prompt in prompts]))
        return
    if not prompts:
        print("nothing is queued", file=sys.stderr)
        return
    rows = [("N", "AGENT", "STATE", "TEXT")]
    for prompt in prompts:
        text = printable(prompt.text)
        text = text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
        rows.append((str(prompt.number), printable(prompt.to.name), prompt.state, text))
    print("\n".join(text_table(rows)))
    for to, why in queue.stopped:
        if any(prompt.to == to for prompt in prompts):
            again = f"'oma queue {printable(to.name)} --resume' goes on"
            print(f"{printable(to.name)} has stopped: {printable(why)}; {again}")


def _document(prompt: Prompt, queue: PromptQueue) -> QueuedDocument:
    return {
        "number": prompt.number,
        "agent": prompt.to.name,
        "state": prompt.state,
        "text": prompt.text,
        "stopped": queue.why_stopped(prompt.to) or None,
    }
