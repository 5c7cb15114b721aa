"""The commands that work on files: convert, score, profiles, and why on a recording."""

import gzip
import json
import shutil
from pathlib import Path

import attrs
import pytest

from oma.cli.explanations import explanation_text
from oma.model.documents import explanation_document
from oma.model.explanation import EvidenceItem, Explanation
from oma.model.health import Health, Verdict
from tests.support.oma_process import oma

REAL = Path(__file__).parents[2] / "fixtures" / "recordings" / "real"
CODEX = REAL / "codex-main.ctl"


async def answer(*arguments, **extra):
    """Return what a command prints as JSON; it must succeed."""
    done = await oma(*arguments, "--json", **extra)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


async def refusal(*arguments, **extra):
    done = await oma(*arguments, **extra)
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1, done.stderr
    return done.returncode, done.stderr.decode()


async def test_a_transcript_and_the_recording_made_of_it_score_alike(tmp_path):
    recording = tmp_path / "codex-main.jsonl.gz"
    truth = REAL / "codex-main.json"

    done = await oma("convert", CODEX, recording)

    assert (done.returncode, done.stderr) == (0, b"")
    last = json.loads(gzip.decompress(recording.read_bytes()).splitlines()[-1])
    assert (last["type"], last["reason"]) == ("monitor-stopped", "the transcript ends")
    of_recording = await answer("score", recording, "--truth", truth)
    of_transcript = await answer("score", CODEX, "--truth", truth)
    assert of_recording.pop("recording") == "codex-main.jsonl.gz"
    assert of_transcript.pop("recording") == "codex-main.ctl"
    assert of_recording == of_transcript
    assert of_recording["labelled_s"] == pytest.approx(80.91, abs=0.01)
    assert of_recording["confusion_s"]["stuck"]["stuck"] > 40


async def test_a_score_is_printed_for_a_user_too():
    done = await oma("score", CODEX, "--truth", REAL / "codex-main.json", "--profile", "codex")

    text = done.stdout.decode()
    assert text.startswith("codex-main.ctl, profile codex\nTRUTH ")
    assert "\nfalse STUCK: 0, 0.00 s\n" in text


async def test_a_conversion_overwrites_nothing_and_leaves_nothing_half_done(tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    assert await refusal("convert", CODEX, out) == (
        1,
        f"oma: {out}: exists; choose another name\n",
    )
    assert out.read_text() == "mine"

    broken = tmp_path / "broken.ctl"
    broken.write_text("hello\n")
    broken.with_suffix(".idx").write_text("0.1 0\n")
    shutil.copy(CODEX.with_suffix(".json"), broken.with_suffix(".json"))
    code, said = await refusal("convert", broken, tmp_path / "new.jsonl")
    assert (code, "not a transcript of control mode" in said) == (1, True)
    assert not (tmp_path / "new.jsonl").exists()


async def test_a_changed_profile_is_tested_on_a_folder(tmp_path):
    for path in REAL.glob("aider-main.*"):
        shutil.copy(path, tmp_path)
    own = tmp_path / "config" / "oma" / "profiles"
    own.mkdir(parents=True)

    (fine, total) = await answer("profiles", "test", tmp_path, "--at-least", "99")
    (own / "aider.toml").write_text('[[rule]]\nname="x"\nstate="idle"\nscope="screen"\nany="."\n')
    worse = await oma(
        "profiles", "test", tmp_path, "--at-least", "99", XDG_CONFIG_HOME=tmp_path / "config"
    )

    assert (fine["recording"], fine["profile"]) == ("aider-main.ctl", "aider")
    assert total["accuracy"]["all"] == fine["accuracy"]["all"] > 0.99
    assert worse.returncode == 1
    assert b"told right, less than 99 %" in worse.stderr


async def test_recordings_without_truth_are_named_and_a_folder_without_any_is_refused(tmp_path):
    (tmp_path / "x.jsonl").write_text("")

    done = await oma("profiles", "test", tmp_path)

    assert done.returncode == 2
    assert f"{tmp_path}/x.jsonl: left out: there is no x.json" in done.stderr.decode()


async def test_profiles_are_listed_shown_and_checked(tmp_path):
    own = tmp_path / "oma" / "profiles"
    own.mkdir(parents=True)
    mine = own / "mine.toml"
    mine.write_text('# of mine\nmatch.command = "mine"\n')

    listed = await answer("profiles", XDG_CONFIG_HOME=tmp_path)
    shown = await oma("profiles", "mine", XDG_CONFIG_HOME=tmp_path)
    claude = await oma("profiles", "claude")
    checked = await oma("profiles", "check", mine)

    assert listed[0] == {"name": "mine", "commands": ["mine"], "rules": [], "source": str(mine)}
    assert [profile["name"] for profile in listed][-1] == "generic"
    assert shown.stdout.decode() == f"# {mine}\n{mine.read_text()}"
    assert b"\n# Claude Code." in claude.stdout
    assert checked.stdout.decode() == f"{mine}: profile 'mine' with 0 rules is fine\n"


async def test_a_wrong_profile_is_told_with_file_rule_and_pattern(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text('[[rule]]\nname = "r"\nstate = "idle"\nscope = "screen"\nany = "("\n')

    code, said = await refusal("profiles", "check", path)

    assert code == 2
    assert said.startswith(f"oma: {path}: rule 'r': any: bad pattern '('")
    assert (await refusal("profiles", "nobody"))[0] == 2
    assert (await refusal("profiles", "check"))[0] == 2
    assert (await refusal("profiles", "test", "a", "b"))[0] == 2


async def test_why_tells_the_rule_and_the_line_of_a_moment_then():
    claude = REAL / "claude-main.ctl"

    told = await answer("why", "claude-main", "--recording", claude, "--at", "50")

    assert (told["t"], told["health"], told["rule"]) == (50.0, "waiting", "claude/permission")
    assert (told["evidence"], told["line"]) == ("Do you want to proceed?", 34)
    assert told["since"] == pytest.approx(6.58, abs=0.05)
    assert "claude/active" in {seen["rule"] for seen in told["seen"] if seen["lost"]}


async def test_why_refuses_what_the_recording_cannot_tell():
    why = ("why", "codex-main", "--recording", CODEX)

    assert (await refusal(*why, "--at", "1000"))[0] == 2
    assert (await refusal(*why, "--record", "x"))[0] == 2
    assert (await refusal("why", "codex-main", "--at", "3"))[0] == 2
    code, said = await refusal("why", "nobody", "--recording", CODEX, "--at", "3")
    assert (code, "no agent 'nobody' at 3 s; there are: codex-main" in said) == (1, True)


def test_nothing_that_an_agent_wrote_reaches_a_terminal_as_it_is():
    evil = "\x1b[31m\u202ex"
    seen = EvidenceItem(Health.STUCK, "x/error", 3, evil, 1.0, counts=True, lost="")
    other = attrs.evolve(seen, lost="gives way to x/error")
    verdict = Verdict(Health.STUCK, "error", "x/error", evil, 1.0)
    told = Explanation(2.0, evil, "x", verdict, (seen, other), outlook=None, sees_screen=True)

    text = explanation_text(told, "2026-11-20T20:19:59+00:00")

    assert text.count("␛[31mx") == 3
    assert all(line.isprintable() for line in text.splitlines())
    assert json.dumps(explanation_document(told)).isascii()
