import shlex

from oma.config.profiles import packaged_profiles
from oma.detection.profile import pattern_sets
from oma.detection.profile_parser import profile_from_mapping


def test_everything_that_a_rule_looks_for_is_told():
    keys = ("any", "except", "also", "unless", "unless_below", "above", "below")
    rule = {"name": "r", "state": "idle", "scope": "screen"} | {key: f"^{key}" for key in keys}

    (read, *_) = profile_from_mapping("x", {"rule": [rule]}, "x.toml").rules

    assert [patterns.sources for patterns in pattern_sets(read)] == [(f"^{key}",) for key in keys]


HEADLESS = [
    ("claude", "claude -p"),
    ("claude", "/usr/bin/claude --model opus --print 'fix it'"),
    ("claude", "node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js -c -p 'fix it'"),
    ("claude", "timeout 600 claude --output-format json -p 'fix it'"),
    ("claude", "docker exec -i box claude -p 'fix it'"),
    ("claude", "docker exec box sh -c 'cd x; claude -p go'"),
    ("claude", "ssh host 'cd x && claude --print go'"),
    ("codex", "codex exec 'fix it'"),
    ("codex", "codex -m o3 --search exec --json 'fix it'"),
    ("codex", "codex-0.131.0 e go"),
    ("codex", "npx @openai/codex exec go"),
    ("codex", "node /x/@openai/codex/bin/codex.js review"),
    ("aider", "python3 /venv/bin/aider --yes --message 'fix it'"),
    ("aider", "aider -m go --model x"),
    ("aider", "aider --message-file=todo.md"),
    ("gemini", "gemini -m pro -p 'fix it'"),
    ("gemini", "node /usr/bin/gemini --prompt=go"),
    ("opencode", "opencode run 'fix it'"),
    ("opencode", "opencode --print-logs run go"),
    ("qwen", "qwen -p go"),
    ("amp", "amp -x go"),
    ("crush", "crush run go"),
    ("cursor-agent", "cursor-agent -p go"),
    ("droid", "droid exec go"),
]
INTERACTIVE = [
    ("claude", "claude"),
    ("claude", "claude 'what does claude -p do?'"),
    ("claude", "claude --permission-mode plan 'go'"),
    ("claude", "docker exec -it -p claude"),
    ("codex", "codex"),
    ("codex", "codex 'exec the tests'"),
    ("codex", "codex resume --last"),
    ("codex", "docker exec -it box codex"),
    ("codex", "npm exec @openai/codex"),
    ("aider", "aider --model m --no-auto-commits"),
    ("gemini", "gemini --prompt-interactive go"),
    ("opencode", "opencode /home/me/run"),
]


def test_runs_that_nobody_looks_at_are_told_by_their_command_lines():
    known = {profile.name: profile for profile in packaged_profiles()}

    def told(pairs):
        return [line for name, line in pairs if known[name].is_headless(shlex.split(line))]

    assert told(HEADLESS) == [line for _, line in HEADLESS]
    assert told(INTERACTIVE) == []


def test_a_word_with_blanks_names_no_option():
    profile = profile_from_mapping("x", {"headless": r"\bagent (.* )?-p( |$)"}, "x.toml")

    assert profile.is_headless(("agent", "-p", "do it"))
    assert not profile.is_headless(("agent", "use -p here"))
