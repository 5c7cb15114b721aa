"""Screens of agents that talk of errors, limits and questions, and have none."""

from collections.abc import Callable

from oma.model.health import Health

RULER = "─" * 60

GOES_ON = """
So the token is never checked.
I look into the parser next.
Its tests come after that.
Then the manual.
That is the whole plan."""

TALK = {
    "a summary without errors": """
The test suite reports 0 errors and 0 failures, no warnings.
41 passed, 0 failed. Errors: none.""",
    "a stack trace that is being read": f"""
Traceback (most recent call last):
  File "src/parser.py", line 3, in parse
    raise ValueError("invalid token")
ValueError: invalid token
{GOES_ON}""",
    "a log of another program": f"""
2026-11-20 20:03:58 ERROR disk full
litellm.RateLimitError: RateLimitError: slow down
Retrying in 5 seconds, attempt 2/10
{GOES_ON}""",
    "a limit in prose": """
The retry logic for HTTP 429 "rate limit exceeded" responses backs off.
The rate limit is 100 requests a minute, says the manual.""",
    "an error of an interface": f"""
● An API Error: 529 Overloaded is not final, nor is ✕ [API Error: 401].
■ is how it begins, and ⎿  Prompt is too long.
{GOES_ON}""",
    "a diff": """
@@ -1,4 +1,5 @@
-    log.error("failed: %s", error)
+    # rate limit exceeded: retrying in 5s, attempt 1/10
+    raise RateLimitError("Rate limit exceeded")
+    error: timeout""",
    "what was fixed": """
3 failed tests were fixed; error handling is in parse_line() now.
Two errors found, rate limit exceeded; all of them are fixed now.
Nothing else failed. Do you want to know more about the error path?""",
    "a question in prose": """
Do you want to proceed? Would you like me to go on?
I would ask: ❯ 1. Yes, or › 1. Yes, or ● 1. Allow once.
Press enter to confirm or esc to cancel
Create new file? (Y)es/(N)o [Yes]: is what it asks.""",
    "signs of work in prose": """
The footer says esc to interrupt, and (esc to cancel, 3s) while it works.
It shows [retrying in 4s attempt #2], or Reconnecting... 3/5.""",
}
"""What an agent may have on its screen, whatever it is; its last line is not the last of all."""


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line for line in text.strip("\n").split("\n"))


def _claude(text: str, footer: str, spinner: str = "") -> str:
    said = f"● {_indented(text, '  ').lstrip()}"
    return f"❯ look at it\n\n{said}\n\n{spinner}\n\n{RULER}\n❯ \n{RULER}\n  {footer}"


def _codex(text: str, sign: str) -> str:
    said = f"• {_indented(text, '  ').lstrip()}"
    return (
        f"› look at it\n\n{said}\n\n{sign}\n\n› Ask Codex to do anything\n\n  gpt-5-codex default"
    )


def _gemini(text: str, sign: str) -> str:
    said = f"✦ {_indented(text, '  ').lstrip()}"
    return f" > look at it\n\n{said}\n\n{sign}\n{RULER}\n >   Type your message or @path/to/file\n\n ~/proj"


def _opencode(text: str, end: str, footer: str) -> str:
    box = "  ┃\n  ┃  look at it\n  ┃"
    composer = "  ┃\n  ┃\n  ┃  Build · Some model\n  ╹▀▀▀▀▀▀"
    return f"{box}\n\n{_indented(text, '     ')}\n\n     ▣  Build · Some model{end}\n\n{composer}\n   {footer}"


def _aider(text: str, last: str) -> str:
    return f"> look at it\n\n{text.strip()}\n\n{last}"


def _pi(text: str, sign: str) -> str:
    rule = sign + RULER
    return f" look at it\n\n{_indented(text, ' ')}\n\n{rule}\n\n{RULER}\n~/proj\n1.0%/128k (auto)   m • medium"


def _boxed(text: str) -> str:
    return f"╭{RULER}╮\n│ {text.ljust(58)} │\n╰{RULER}╯"


def _kimi(text: str, sign: str) -> str:
    said = f"● {_indented(text, '  ').lstrip()}"
    return f"✨ look at it\n\n{said}\n\n{sign}\n{_boxed('>')}\nsome-model  ~/proj"


def _qwen(text: str, sign: str) -> str:
    said = f"  ◆ {_indented(text, '    ').lstrip()}"
    composer = f"{RULER}\n>   Type your message or @path/to/file\n{RULER}"
    return f"  > look at it\n\n{said}\n\n{sign}\n{composer}\n  ➜ proj · some-model"


def _copilot(text: str, last: str) -> str:
    said = f" ● {_indented(text, '   ').lstrip()}"
    return f" ❯ look at it\n\n{said}\n\n ~/proj\n{RULER}\n❯\n{RULER}\n {last}"


def _cline(text: str, sign: str) -> str:
    said = f" {sign} {_indented(text, '   ').lstrip()}"
    return f" ❯ look at it\n\n{said}\n\n{RULER}\n❯ Ask anything...\n{RULER}\n some-model $0.00"


def _hermes(text: str, clock: str, sign: str) -> str:
    said = f"╭─ ⚕ Hermes {RULER}╮\n{_indented(text, '    ')}\n╰{RULER}╯"
    return f"● look at it\n\n{said}\n ⚕ some-model │ 1.2K/256K │ {clock}\n{RULER}\n{sign}\n{RULER}"


def _vibe(text: str, sign: str) -> str:
    said = _indented(text, "  ")
    return f"> look at it\n{RULER}\n\n{said}\n\n{sign}\n{RULER}\n>\n\n{RULER}\n~/proj"


def _cn(text: str, sign: str) -> str:
    said = f"● {_indented(text, '  ').lstrip()}"
    return f"● look at it\n\n{said}\n\n{sign}\n{_boxed('● ▋Ask anything, / for slash commands')}\n  ~/proj"


AGENTS: dict[str, tuple[str, str, Health, Callable[[str], str]]] = {
    "aider at its prompt": ("aider", "", Health.IDLE, lambda t: _aider(t, f"{RULER}\ndiff> ")),
    "aider at work": ("aider", "", Health.OK, lambda t: _aider(t, " ░█        Waiting for a model")),
    "claude at rest": ("claude", "✳ Task", Health.IDLE, lambda t: _claude(t, "? for shortcuts")),
    "claude at work": (
        "claude", "◐ Task", Health.OK,
        lambda t: _claude(t, "esc to interrupt", "✶ Warping… (3s · ↓ 9 tokens)"),
    ),
    "codex at rest": ("codex", "proj", Health.IDLE, lambda t: _codex(t, "  Worked for 16s • 20:20")),
    "codex at work": (
        "codex", "⠋ proj", Health.OK, lambda t: _codex(t, "◦ Working (3s • esc to interrupt)")
    ),
    "gemini at rest": ("gemini", "◇  Ready (proj)", Health.IDLE, lambda t: _gemini(t, "")),
    "gemini at work": (
        "gemini", "✦  Working… (proj)", Health.OK,
        lambda t: _gemini(t, " ⠙ Checking it (esc to cancel, 3s)"),
    ),
    "opencode at rest": (
        "opencode", "OC | Task", Health.IDLE, lambda t: _opencode(t, " · 20.3s", "1K  ctrl+p commands")
    ),
    "opencode at work": (
        "opencode", "OC | Task", Health.OK,
        lambda t: _opencode(t, "", "■■■⬝⬝  esc interrupt     ctrl+p commands"),
    ),
    "pi at rest": ("pi", "π - proj", Health.IDLE, lambda t: _pi(t, "")),
    "pi at work": ("pi", "π - proj", Health.OK, lambda t: _pi(t, "── ⠼ Working ")),
    "kimi at rest": ("kimi", "look at it", Health.IDLE, lambda t: _kimi(t, "")),
    "kimi at work": ("kimi", "look at it", Health.OK, lambda t: _kimi(t, "  ⠼ Working… · Tip: rest")),
    "qwen at rest": ("qwen", "Qwen - proj", Health.IDLE, lambda t: _qwen(t, "")),
    "qwen at work": (
        "qwen", "◐︎ Qwen - proj", Health.OK,
        lambda t: _qwen(t, "  .. Musing... (9s · ↓ 49 tokens · esc to cancel)"),
    ),
    "copilot at rest": (
        "copilot", "it - GitHub Copilot", Health.IDLE,
        lambda t: _copilot(t, "← open sidebar · Interactive · / commands · ? help"),
    ),
    "copilot at work": (
        "copilot", "it - GitHub Copilot", Health.OK,
        lambda t: _copilot(t, "◎ Working · 265 B esc esc interrupt"),
    ),
    "cline at rest": ("cline", "> it", Health.IDLE, lambda t: _cline(t, "*")),
    "cline at work": ("cline", "> it", Health.OK, lambda t: _cline(t, "⠸")),
    "hermes at rest": ("hermes", "", Health.IDLE, lambda t: _hermes(t, "⏲ 9s │ ✓ 0s", "❯")),
    "hermes at work": ("hermes", "", Health.OK, lambda t: _hermes(t, "⏱ 9s", "⚕ ❯ msg=interrupt")),
    "vibe at rest": ("vibe", "Vibe", Health.IDLE, lambda t: _vibe(t, "")),
    "vibe at work": (
        "vibe", ">> Vibe", Health.OK, lambda t: _vibe(t, "⠹  Generating… (4s Esc/Ctrl+C to interrupt)")
    ),
    "cn at rest": ("cn", "", Health.IDLE, lambda t: _cn(t, "")),
    "cn at work": ("cn", "", Health.OK, lambda t: _cn(t, " ⣷⢿⠿  ( 3s • esc to interrupt )")),
    "kilo at rest": (
        "kilo", "Kilo CLI", Health.IDLE, lambda t: _opencode(t, " · 20.3s", "1K  ctrl+p commands")
    ),
    "kilo at work": (
        "kilo", "Kilo CLI", Health.OK,
        lambda t: _opencode(t, "", "■■■⬝⬝  esc interrupt     ctrl+p commands"),
    ),
    "gptme at rest": (
        "gptme", "gptme - ⌨️ waiting for input", Health.IDLE, lambda t: f"{t.strip()}\nUser: "
    ),
    "gptme at work": ("gptme", "gptme - 🤔 generating", Health.OK, lambda t: f"{t.strip()}\nso"),
    "an unknown agent": ("generic", "", Health.OK, lambda t: t.strip("\n")),
}  # fmt: skip
"""Kind, title, what it is, and its whole screen around a text."""

for _kind in ("amp", "crush", "cursor-agent", "droid", "kiro"):  # known by their shapes alone
    AGENTS[f"{_kind} at rest"] = (_kind, "", Health.IDLE, lambda t: _claude(t, "status"))
    AGENTS[f"{_kind} at work"] = (
        _kind, "", Health.OK, lambda t: _claude(t, "status", "⠼ Working… (3s)")
    )  # fmt: skip
