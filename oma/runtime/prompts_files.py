"""The files in which agents keep what they are asked: where each is, and which conversation it says of a prompt. Blocks.

What such a file holds is hostile, as all that an agent writes. One that is not there, or in another form,
says nothing.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from oma.detection.asked_prompts import AskedPrompt
from oma.detection.conversation import is_conversation
from oma.runtime.process_tree import environment_of, working_directory_of
from oma.runtime.small_files import read_beginning, read_end

MOST_BYTES = 256 * 1024
"""Of prompts in one file for all conversations: those that were asked last."""

MOST_CHAT_BYTES = 16 * 1024 * 1024
"""Of conversations with a file each, together: all of a file is read, or what was asked could be missing."""

MOST_ENTRIES = 10_000
"""Of a directory."""


def kept_prompts(kind: str, pid: int, since_s: float) -> tuple[AskedPrompt, ...]:
    """Return what was asked, of all conversations that may be that of a process.

    Args:
        kind: One of `oma.detection.conversation.PROMPTS_FILES`.
        pid: Of the process, whose own environment says where its files are.
        since_s: When the agent began (Unix time).
    """
    if kind == "codex":
        path = _find_history(pid)
        return () if path is None else read_history(path, since_s)
    if kind == "gemini":
        folder = _find_chats(pid)
        return () if folder is None else read_chats(folder, since_s)
    return ()


def _find_history(pid: int) -> Path | None:
    environment = environment_of(pid)
    folder, home = environment.get("CODEX_HOME", ""), environment.get("HOME", "")
    return Path(folder or f"{home}/.codex") / "history.jsonl" if folder or home else None


def read_history(path: Path, since_s: float) -> tuple[AskedPrompt, ...]:
    """Return what codex was asked last, of all conversations, since a moment (Unix time)."""
    found = (_of_history(line, since_s) for line in read_end(path, MOST_BYTES).split("\n"))
    return tuple(each for each in found if each is not None)


def _of_history(line: str, since_s: float) -> AskedPrompt | None:
    told = _mapping(line)
    conversation, asked_s, text = (told.get(key) for key in ("session_id", "ts", "text"))
    if not isinstance(conversation, str) or not is_conversation(conversation):
        return None
    if not isinstance(asked_s, int | float) or not isinstance(text, str):
        return None
    return AskedPrompt(conversation, text) if asked_s >= since_s else None


def _find_chats(pid: int) -> Path | None:
    """Return where gemini keeps the conversations of the directory in which a process works."""
    environment, directory = environment_of(pid), working_directory_of(pid)
    home = environment.get("GEMINI_CLI_HOME") or environment.get("HOME", "")
    if not home or not directory:
        return None
    for project in _entries(Path(home, ".gemini", "tmp")):
        if read_beginning(Path(project.path, ".project_root")).strip() == directory:
            chats = Path(project.path, "chats")
            return None if project.is_symlink() or chats.is_symlink() else chats
    return None


def read_chats(folder: Path, since_s: float) -> tuple[AskedPrompt, ...]:
    """Return what was asked in all conversations of a directory in which something was written since a moment.

    Nothing where they are too large to be read whole: what is left out may have been asked in one of them as well.
    """
    files: list[Path] = []
    size = 0
    for entry in _entries(folder):
        if not entry.name.startswith("session-") or not entry.name.endswith(".jsonl"):
            continue
        try:
            found = entry.stat(follow_symlinks=False)
            is_file = entry.is_file(follow_symlinks=False)
        except OSError:
            continue  # it was removed meanwhile
        if is_file and found.st_mtime >= since_s:
            files.append(Path(entry.path))
            size += found.st_size
    if size > MOST_CHAT_BYTES:
        return ()
    return tuple(each for file in files for each in _of_chat(file, since_s))


def _of_chat(path: Path, since_s: float) -> Iterator[AskedPrompt]:
    head, *lines = read_end(path, MOST_CHAT_BYTES).split("\n")
    conversation = _mapping(head).get("sessionId")
    if not isinstance(conversation, str) or not is_conversation(conversation):
        return
    for line in lines:
        # Most of them are answers, and what tools said.
        told = _mapping(line) if '"user"' in line else {}
        if told.get("type") == "user":
            text = _first_text(told.get("displayContent")) or _first_text(told.get("content"))
            is_earlier = _moment(told.get("timestamp")) < since_s
            yield AskedPrompt(conversation, text, is_earlier)


def _first_text(content: object) -> str:
    first = content[0] if isinstance(content, list) and content else content
    text = first.get("text") if isinstance(first, dict) else first
    return text if isinstance(text, str) else ""


def _moment(timestamp: object) -> float:
    """Return a time of day as Unix time; 0 where it is none."""
    try:
        return datetime.fromisoformat(timestamp).timestamp() if isinstance(timestamp, str) else 0.0
    except (ValueError, OverflowError):
        return 0.0


def _mapping(line: str) -> dict[str, object]:
    try:
        told = json.loads(line or "null")
    except (ValueError, RecursionError):
        return {}  # it is being written, was cut, or is in another form
    return told if isinstance(told, dict) else {}


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what a directory holds; nothing where that cannot be read, or is too much."""
    try:
        with os.scandir(folder) as found:
            entries = list(islice(found, MOST_ENTRIES + 1))
    except (OSError, ValueError):
        return []
    return entries if len(entries) <= MOST_ENTRIES else []
