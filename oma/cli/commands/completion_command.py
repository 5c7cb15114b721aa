"""`oma completion`: the completion script of a shell."""

import argparse
from collections.abc import Iterator

import attrs
import shtab

from oma.cli.command_table import whole_parser
from oma.cli.exit_codes import DONE
from oma.cli.option_values import GlobalOptions
from oma.model.health import Health

_FILES = {"FILE", "IN", "OUT", "PATH"}
_DIRECTORIES = {"DIR"}
_PLAIN_NAMES = r"sed -n '1d; s/^\([A-Za-z0-9_-][A-Za-z0-9_-]*\) .*/\1/p'"
"""Shells expand what they complete: other names are left out. No `$`: fish would expand it."""

_SOURCES = {
    "agents": "oma status --names 2>/dev/null",
    "profiles": f"oma profiles 2>/dev/null | {_PLAIN_NAMES}",
    "healths": f"printf '%s\\n' {' '.join(Health)}",
}
"""Shell commands that print one word a line."""

_BASH_WORDS = "\n".join(
    f'_oma_{name}() {{ compgen -W "$({_SOURCES[name]})" -- "$1"; }}'
    for name in ("profiles", "healths")
)
_BASH = rf"""{_BASH_WORDS}
# Names may hold blanks: they are quoted as the user began to.
_oma_agents() {{
  local name typed=$1
  while IFS= read -r name; do
    case $typed in
    [\"\']*) [[ $name == "${{typed:1}}"* ]] && printf '%s\n' "$name" ;;
    *) printf -v name %q "$name"; [[ $name == "$typed"* ]] && printf '%s\n' "$name" ;;
    esac
  done < <({_SOURCES["agents"]})
}}
# Names may hold colons, at which bash divides words: they are put together, and the answers cut again.
_oma_complete() {{
  local line=$COMP_LINE last=${{COMP_WORDS[COMP_CWORD]}} at=-1 index word before
  local -a words=()
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word=${{COMP_WORDS[index]}}
    before=${{line%%[![:blank:]]*}} line=${{line#"$before"}} line=${{line#"$word"}}
    if [[ -n $before || $at -lt 0 ]]; then words[++at]=$word; else words[at]+=$word; fi
  done
  COMP_WORDS=("${{words[@]}}") COMP_CWORD=$at
  _shtab_oma
  [[ $last == [:=@]* ]] && last=
  before=${{words[at]%"$last"}}
  [[ -z $before ]] || COMPREPLY=("${{COMPREPLY[@]#"$before"}}")
}}
"""
_ZSH = "\n".join(
    f'_oma_{name}() {{ compadd -- ${{(f)"$({source})"}} }}' for name, source in _SOURCES.items()
)


@attrs.frozen(kw_only=True)
class CompletionOptions(GlobalOptions):
    """Whose script is printed."""

    shell: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma completion`."""
    parser.add_argument("shell", choices=("bash", "fish", "tcsh", "zsh"))


def run(options: CompletionOptions) -> int:
    """Print the script."""
    print(completion_script(options.shell))
    return DONE


def completion_script(shell: str) -> str:
    """Return the script for one of the shells: bash, fish, tcsh or zsh."""
    parser = whole_parser()
    for action in _actions(parser):
        completed = _completed(action)
        if completed is not None:
            action.complete = completed  # type: ignore[attr-defined]  # where shtab looks
    preambles = {"bash": _BASH, "zsh": _ZSH}
    script = str(shtab.complete(parser, shell, preamble=preambles))  # type: ignore[arg-type]
    # The function that bash calls is ours, around that of shtab; zsh may read the script by `source`, too.
    script = script.replace(" -F _shtab_oma oma", " -F _oma_complete oma")
    return script.replace(
        "$zsh_eval_context[-1] == eval ", "$zsh_eval_context[-1] == (eval|file) "
    )


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001  # argparse has no other way to list them
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                yield from _actions(command)


def _completed(action: argparse.Action) -> dict[str, object] | None:
    """Return how shtab completes the argument in each shell; `None` leaves it to its choices."""
    if action.choices is not None:
        return None
    if action.metavar in _FILES or action.dest in {"file", "recording"}:
        return dict(shtab.FILE)
    if action.metavar in _DIRECTORIES:
        return dict(shtab.DIRECTORY)
    for name, dests in (("agents", {"agent"}), ("profiles", {"profile"}), ("healths", {"health"})):
        if action.dest in dests:
            return {"bash": f"_oma_{name}", "zsh": f"_oma_{name}", "fish": f"({_SOURCES[name]})"}
    return None
