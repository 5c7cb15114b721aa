"""`oma profiles`: the kinds of agents that are known, and whether their rules are right."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import attrs

from oma.cli.arguments import add_json, add_rule_options
from oma.cli.cli_context import profiles_in_force, read_context
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.log_source import TRANSCRIPT
from oma.cli.option_values import GlobalOptions, RuleOptions
from oma.cli.printed_shapes import ProfileDocument
from oma.cli.profile_drafting import draft
from oma.cli.quantities import percent
from oma.cli.recording_rules import chosen_profiles, forced_profile
from oma.cli.scorer import Scorer
from oma.cli.unknown_screens import recorded_screens, screens_json, screens_text, standing_screens
from oma.config.load import read_toml
from oma.config.profiles import source_text
from oma.detection.profile import Profile
from oma.detection.profile_parser import profile_from_mapping
from oma.errors import ConfigError, OmaError
from oma.model.nearest import hint
from oma.model.text_table import text_table
from oma.scoring.page import page
from oma.scoring.score import together
from oma.scoring.score_report import Scored, score_json, summary_rows

_EXPECTED = "NAME, 'check FILE', 'test DIR', 'unknown' or 'draft'"
_RECORDINGS = (TRANSCRIPT, ".jsonl", ".jsonl.gz", ".jsonl.zst")


@attrs.frozen(kw_only=True)
class ProfilesOptions(GlobalOptions):
    """What is done with profiles."""

    words: tuple[str, ...] = ()
    json: bool = False
    rules: RuleOptions = attrs.Factory(RuleOptions)
    at_least: float | None = None
    """A test fails if fewer percent were told right."""
    html: Path | None = None
    """Where a test writes its page of time lines."""
    recording: Path | None = None
    """Where screens that no rule explained are looked for (what there is now without), or what a
    draft is made of."""
    agent: str | None = None
    """For which a draft is made."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma profiles`."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WHAT",
        help=f"{_EXPECTED}; nothing lists them",
    )
    add_json(parser)
    add_rule_options(parser, "test: take every agent to be of this kind")
    parser.add_argument(
        "--at-least", type=percent, metavar="PERCENT", help="test: fail if less was told right"
    )
    parser.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help="test: write time lines of truth and verdicts too",
    )
    parser.add_argument(
        "--recording",
        type=Path,
        metavar="FILE",
        help="unknown: of a recording, not of what there is now; draft: of which",
    )
    parser.add_argument("--agent", metavar="NAME", help="draft: for this one of several")


def run(options: ProfilesOptions) -> int:
    """List, print, check, test or draft profiles, or tell what they do not explain."""
    match options.words:
        case []:
            return _list(profiles_in_force(), as_json=options.json)
        case ["check", path]:
            return _check(Path(path))
        case ["test", directory]:
            return _test(Path(directory), options)
        case ["unknown"]:
            return _unknown(options)
        case ["draft"]:
            return _draft(options)
        case [name]:
            return _print(name)
        case words:
            message = f"profiles {' '.join(words)!r}: expected {_EXPECTED}"
            raise ConfigError(message)


def _list(profiles: Sequence[Profile], *, as_json: bool) -> int:
    if as_json:
        found: list[ProfileDocument] = [
            {
                "name": profile.name,
                "commands": sorted(profile.commands),
                "rules": [rule.name for rule in profile.rules],
                "source": profile.source,
            }
            for profile in profiles
        ]
        print(json.dumps(found))
        return DONE
    rows = [("NAME", "COMMANDS", "RULES", "FROM")]
    for profile in profiles:
        commands = ", ".join(sorted(profile.commands)) or "-"
        rows.append((profile.name, commands, str(len(profile.rules)), profile.source))
    print("\n".join(text_table(rows)))
    return DONE


def _print(name: str) -> int:
    found = {profile.name: profile for profile in profiles_in_force()}
    if name not in found:
        raise ConfigError(f"no profile {name!r}; {hint(name, found)}")
    print(f"# {found[name].source}\n{source_text(found[name])}", end="")
    return DONE


def _check(path: Path) -> int:
    profile = profile_from_mapping(path.stem, read_toml(path), str(path))
    print(f"{path}: profile {profile.name!r} with {len(profile.rules)} rules is fine")
    return DONE


def _unknown(options: ProfilesOptions) -> int:
    context = read_context(options)
    if options.recording is None:
        screens = standing_screens(context)
    else:
        screens = recorded_screens(options.recording, context, options.rules)
    print(json.dumps(screens_json(screens)) if options.json else screens_text(screens))
    return DONE


def _draft(options: ProfilesOptions) -> int:
    if options.recording is None:
        raise ConfigError(
            "oma profiles draft: needs --recording FILE of the agent at work and at rest"
        )
    print(draft(options.recording, read_context(options), options.agent), end="")
    return DONE


def _test(directory: Path, options: ProfilesOptions) -> int:
    profiles = chosen_profiles(options.rules) or profiles_in_force()
    scorer = Scorer(read_context(options).config, profiles)
    forced = forced_profile(scorer.profiles, options.rules.profile)
    scores = [
        scorer.score(path, truth, forced or _named_in(path.name, scorer.profiles))
        for path, truth in _labelled(directory)
    ]
    total = Scored("total", None, together(each.score for each in scores))
    if options.json:
        print(json.dumps([score_json(each) for each in (*scores, total)]))
    else:
        print("\n".join(text_table(summary_rows((*scores, total)))))
    if options.html is not None:
        _write(options.html, page((each.name, each.score) for each in scores))
    least = options.at_least
    right = 100 * (total.score.accuracy() or 0.0)
    if least is not None and right < least:
        print(f"oma: {right:.2f} % told right, less than {least:g} %", file=sys.stderr)
        return FAILED
    return DONE


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as failure:
        message = f"cannot write {path}: {(failure.strerror or str(failure)).lower()}"
        raise OmaError(message) from None


def _labelled(directory: Path) -> list[tuple[Path, Path]]:
    """Return the recordings of a folder with their truth files; those without one are said."""
    try:
        paths = sorted(directory.iterdir())
    except OSError as failure:
        message = f"{directory}: cannot be read: {(failure.strerror or str(failure)).lower()}"
        raise ConfigError(message) from None
    found = []
    for path in paths:
        suffix = next((each for each in _RECORDINGS if path.name.endswith(each)), None)
        if suffix is None:
            continue
        truth = path.with_name(f"{path.name.removesuffix(suffix)}.json")
        if truth.is_file():
            found.append((path, truth))
        else:
            print(f"oma: {path}: left out: there is no {truth.name}", file=sys.stderr)
    if not found:
        raise ConfigError(f"{directory}: no recording with a truth file beside it")
    return found


def _named_in(name: str, profiles: Sequence[Profile]) -> Profile | None:
    """Return the profile that a file is named after: `claude` for `claude329-main.ctl`."""
    fitting = (
        profile
        for profile in profiles
        if name.startswith(profile.name) and not name[len(profile.name) :][:1].isalpha()
    )
    return max(fitting, key=lambda profile: len(profile.name), default=None)
