"""The programs that a command line runs, behind what launches them. Command lines are hostile.

What a launcher starts on this machine has a command line of its own, and is not looked for in that of
the launcher. Here are those that hide it: interpreters, and what runs a program elsewhere.
"""

import shlex
from collections.abc import Callable, Iterator, Sequence

MOST_WORDS = 64
"""As many words of a command line are looked at."""

_INTERPRETERS = frozenset({"bun", "deno", "node", "nodejs", "python", "ruby", "tsx"})
_RUNNERS = frozenset({"bunx", "npm", "npx", "pipx", "pnpm", "pnpx", "uv", "uvx", "yarn"})
_RUNS = frozenset({"dlx", "exec", "run", "tool", "x"})
_CONTAINERS = frozenset({"docker", "kubectl", "lxc", "nerdctl", "oc", "podman"})
_REMOTE = frozenset({"autossh", "et", "mosh", "mosh-client", "ssh"})
_SHELLS = frozenset({"ash", "bash", "dash", "fish", "ksh", "sh", "zsh"})
_WITH_VALUE = {
    **dict.fromkeys(
        _CONTAINERS,
        frozenset(["-c", "-e", "-n", "-u", "-w", "--env", "--env-file", "--user", "--workdir"]),
    ),
    **dict.fromkeys(_REMOTE, frozenset(f"-{letter}" for letter in "bcDEeFiJLlmopRSWw")),
}
"""The options of a launcher that take the next word as their value."""

_PLATFORM = frozenset(
    {
        *("android", "apple", "darwin", "linux", "macos", "pc", "unknown", "windows"),
        *("aarch64", "amd64", "arm64", "baseline", "x64", "x86_64"),
        *("gnu", "msvc", "musl", "unwrapped", "wrapped"),
    }
)
_SUFFIXES = (".exe", ".cmd", ".mjs", ".cjs", ".js")


def program_names(argv: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the programs that a command line runs, the outermost first.

    Without directory, suffix, version and platform: `codex` for `/x/.codex-0.131.0-wrapped`.
    """
    names = (plain_name(line[0]) for line in nested_lines(argv))
    return tuple(name for name in names if name)


def nested_lines(argv: Sequence[str]) -> Iterator[Sequence[str]]:
    """Return a command line and those that are hidden in it, the outermost first.

    Of a script and a package only the name is told of: their arguments are those of the line around.
    """
    words = list(argv[:MOST_WORDS])
    while words:
        yield words
        words = _hidden(plain_name(words[0]), words[1:])


def plain_name(path: str) -> str:
    """Return the name of a program without what says where it is from."""
    parts = [part for part in path.split("/") if part]
    base = parts.pop() if parts else ""
    while parts and _is_version(base):  # …/claude/versions/2.1.34
        base = parts.pop()
        base = parts.pop() if base == "versions" and parts else base
    base = base.lstrip("-.")
    for suffix in _SUFFIXES:
        base = base.removesuffix(suffix)
    base = base.partition("@")[0] or base
    words = base.split("-")
    while len(words) > 1 and (words[-1] in _PLATFORM or _is_version(words[-1])):
        words.pop()
    return "-".join(words)


def _is_version(text: str) -> bool:
    number = text.removeprefix("v")
    return "." in number and number.replace(".", "").isdigit()


def _hidden(name: str, words: list[str]) -> list[str]:
    """Return the command line that a launcher hides in its own; empty where it hides none."""
    if name.startswith("python"):
        name = "python"
    hides = _HIDES.get(name)
    return [] if hides is None else hides(name, words)


def _script(_name: str, words: list[str]) -> list[str]:
    if "-m" in words[:8]:
        return words[words.index("-m") + 1 :][:1]
    return _positional(words, frozenset())[:1]


def _package(_name: str, words: list[str]) -> list[str]:
    found = _positional(words, frozenset())
    while found and found[0] in _RUNS:
        del found[0]
    return found[:1]


def _shell_line(_name: str, words: list[str]) -> list[str]:
    for at, word in enumerate(words[:8]):
        if word[:1] == "-" and word[:2] != "--" and word.endswith("c"):
            return _last_command(words[at + 1 : at + 2])
    return _positional(words, frozenset())[:1]  # a script


def _in_container(name: str, words: list[str]) -> list[str]:
    found = _positional(words, _WITH_VALUE[name])
    while found and found[0] in {"compose", "container"}:
        del found[0]
    # exec or run, then the container or image.
    return found[2:] if found[:1] in (["exec"], ["run"]) else []


def _remote_line(name: str, words: list[str]) -> list[str]:
    return _last_command(_positional(words, _WITH_VALUE[name])[1:])


def _positional(words: list[str], with_value: frozenset[str]) -> list[str]:
    """Return the words without leading options; those that follow the first ones stay."""
    found: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return [*found, *rest]
        if word[:1] != "-" or word == "-":
            found.append(word)
            if len(found) >= 3:  # exec, container, program: its options are its own
                return [*found, *rest]
        elif word in with_value and rest:
            del rest[0]
    return found


def _last_command(words: list[str]) -> list[str]:
    """Return the last command of a line for a shell, without what it sets for it."""
    lexer = shlex.shlex(" ".join(words), posix=True, punctuation_chars=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        found = list(lexer)
    except ValueError:
        found = " ".join(words).split()
    for mark in ("&&", ";", "||", "|"):
        while mark in found:
            del found[: found.index(mark) + 1]
    while found and (found[0] in {"exec", "env", "command"} or "=" in found[0]):
        del found[0]
    return found


_HIDES: dict[str, Callable[[str, list[str]], list[str]]] = {
    **dict.fromkeys(_INTERPRETERS, _script),
    **dict.fromkeys(_RUNNERS, _package),
    **dict.fromkeys(_SHELLS, _shell_line),
    **dict.fromkeys(_CONTAINERS, _in_container),
    **dict.fromkeys(_REMOTE, _remote_line),
}
"""What hides a command line in its own → how that is read."""
