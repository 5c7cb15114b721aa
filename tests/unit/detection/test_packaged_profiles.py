"""Small screens, made of what each agent owns, and what the profile that comes with oma says."""

import pytest

from oma.config.profiles import packaged_profiles
from oma.detection.evidence import Evidence
from oma.detection.judge import Judge
from oma.detection.profile_selection import named
from oma.detection.thresholds import Thresholds
from oma.model.health import Health

PROFILES = packaged_profiles()
RULER = "─" * 60


def composer(sign, text="", footer=""):
    return f"{RULER}\n{sign} {text}\n{RULER}\n  {footer}"


CLAUDE_DONE = f"""
❯ fix the error

● Nothing else failed. Do you want to know more? ❯ 1. Yes
  I read: API Error, rate limit exceeded · retrying in 3s, esc to interrupt

✻ Cogitated for 16s

{composer("❯", "", "? for shortcuts · ← for agents")}"""

GEMINI_REST = """
 Shift+Tab to accept edits

 >   Type your message or @path/to/file

 ~/proj                  no sandbox"""

OPENCODE_COMPOSER = """
  ┃
  ┃
  ┃  Build · Some model Some
  ╹▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀"""

CODEX_COMPOSER = """
› Ask Codex to do anything

  gpt-5-codex default · ~/proj"""

# name: profile, title, expected health and rule, screen (the cursor is on the last line with text)
SCREENS = {
    "vibe waits for a box that is not drawn yet": (
        "vibe",
        "Vibe",
        Health.WAITING,
        "question",
        "┃ ask me\n\n■ ask_user_question\n⢠⡀ Waiting for user input… (8s Esc/Ctrl+C to interrupt)",
    ),
    "vibe failed in a narrow pane": (
        "vibe",
        "Vibe",
        Health.STUCK,
        "error",
        f"┃ again please{' ' * 45}▄\n  ⎢ Error: Rate limits exceeded. Please wait a moment\n"
        f"  ⎣ before trying again.{' ' * 35}▂\n\n"
        f"┌{'─' * 48} default ─┐\n│ >{' ' * 56}│\n│{' ' * 58}│\n└{'─' * 58}┘",
    ),
    "claude trust": ("claude", "", Health.WAITING, "trust", """
────────────────────
 Accessing workspace:

 ❯ 1. Yes, I trust this folder
   2. No, exit

 Enter to confirm · Esc to cancel"""),
    "claude trust, newer": ("claude", "", Health.WAITING, "trust", """
────────────────────
 ❯ No, exit
   Yes, I trust this folder

 Enter to confirm · Esc to cancel"""),
    "claude permission": ("claude", "✳ Task", Health.WAITING, "permission", f"""
● Bash(make)
  ⎿  Waiting…
{RULER}
 Bash command

 Do you want to proceed?
 ❯ 1. Yes
   2. No

 Esc to cancel · Tab to amend"""),
    "claude asks while the title says that it works": (
        "claude", "⠂ Task", Health.WAITING, "permission", f"""
{RULER}
 Do you want to create new.py?
   1. Yes
 ❯ 2. No

 Esc to cancel · Tab to amend"""),
    "claude question": ("claude", "✳ Task", Health.WAITING, "question", f"""
{RULER}
Which first?

❯ 1. Parser
  2. Network
{RULER}
  3. Chat about this

Enter to select · ↑/↓ to navigate · Esc to cancel"""),
    "claude thinks": ("claude", "✳ Claude Code", Health.OK, "footer", f"""
❯ fix it

✶ Crystallizing… (3s · thinking)

{composer("❯", "", "esc to interrupt")}"""),
    "claude thinks with nothing in its footer": ("claude", "", Health.OK, "spinner", f"""
❯ fix it

✶ Crystallizing… (1m 3s · ↓ 1.2k tokens)

{composer("❯", "", "← for agents")}"""),
    "claude works by its title": ("claude", "◐ Claude Code", Health.OK, "title", f"""
● The answer so far

{composer("❯")}"""),
    "claude retries": ("claude", "⠂ Task", Health.STUCK, "retry", f"""
❯ go on

✻ API error · Retrying in 19s · attempt 6/10

{composer("❯", "", "esc to interrupt")}"""),
    "claude tries right now": ("claude", "◑ Claude Code", Health.STUCK, "retry", f"""
❯ go on

✻ 429 slow down, please · retrying… · attempt 2/10

{composer("❯", "", "⏵⏵ auto mode on · esc to interrupt")}"""),
    "claude gave up": ("claude", "✳ Task", Health.STUCK, "error", f"""
❯ go on

● API Error: Repeated 529 Overloaded errors. The API is at capacity.

{composer("❯", "", "? for shortcuts")}"""),
    "claude has no credit": ("claude", "✳ Task", Health.STUCK, "error", f"""
❯ go on
  ⎿  Credit balance too low · Add funds: https://example.com

{composer("❯", "Once fixed, resend your message")}"""),
    "claude hit a limit": ("claude", "", Health.STUCK, "error", f"""
❯ go on
  ⎿  You’ve hit your session limit · resets 3pm

{composer("❯")}"""),
    "claude gave up a turn ago": ("claude", "✳ Task", Health.IDLE, "composer", f"""
❯ go on
  ⎿  Credit balance too low · Add funds: https://example.com

❯ try again

● Done.

{composer("❯", "", "? for shortcuts")}"""),
    "claude is done": ("claude", "✳ Task", Health.IDLE, "composer", CLAUDE_DONE),
    "a draft is in claude's composer": ("claude", "✳ Task", Health.IDLE, "turn-end", f"""
● Done.

✻ Baked for 2m 3s

{composer("❯", "1. do this")}"""),
    "claude works without motion": ("claude", "", Health.OK, "spinner", f"""
❯ herd the cats

  Herding… (8m 39s · ↓ 834 tokens)

{composer("❯", "", "? for shortcuts")}"""),
    "claude's login ran out, in other words": ("claude", "✳ Task", Health.STUCK, "error", f"""
❯ go on

⏺ Please run /login · API Error: 401 {{"type":"error"}}

{composer("❯", "", "? for shortcuts")}"""),
    "claude went on after an error": ("claude", "✳ Task", Health.IDLE, "composer", f"""
❯ go on

● API Error: Repeated 529 Overloaded errors.

● Done after all.

✻ Baked for 3s

{composer("❯", "", "? for shortcuts")}"""),
    "claude's user opened a menu": ("claude", "✳ Task", Health.IDLE, "panel-shape", f"""
❯ /theme
{RULER}
   Select a theme

   ❯ 1. Dark
     2. Light

   Enter to select · Esc to cancel"""),
    "codex trust": ("codex", "", Health.WAITING, "trust", """
  Do you trust the contents of this directory?

› 1. Yes, continue
  2. No, quit

  Press enter to continue"""),
    "codex trust, newer": ("codex", "", Health.WAITING, "trust", """
  Folder access

  Trust this folder? Codex can read, edit, and run files here.

› 1. Trust and continue
  2. Back to Agent Command Center

  enter continue · esc back"""),
    "codex permission": ("codex", "[ ! ] Action Required | proj", Health.WAITING, "permission", """
  Would you like to run the following command?

  $ make

› 1. Yes, proceed (y)
  2. No, and tell Codex what to do differently (esc)

  Press enter to confirm or esc to cancel"""),
    "codex asks in its title": ("codex", "[ . ] Action Required | proj", Health.WAITING,
                                "title-waiting", "\n" + CODEX_COMPOSER),
    "codex thinks": ("codex", "", Health.OK, "marker", f"""
› fix it

◦ Checking the parser (1m 03s • esc to interrupt)
{CODEX_COMPOSER}"""),
    "codex streams": ("codex", "⠋ proj", Health.OK, "title", f"""
› fix it

• I looked at the build. 0 errors
{CODEX_COMPOSER}"""),
    "codex connects again": ("codex", "⠋ proj", Health.STUCK, "retry", f"""
› go on

◦ Reconnecting... 3/5 (19s • esc to interrupt)
  └ Unexpected status 503
{CODEX_COMPOSER}"""),
    "codex gave up": ("codex", "proj", Health.STUCK, "error", f"""
› go on

■ exceeded retry limit, last status: 429 Too Many Requests
{CODEX_COMPOSER}"""),
    "codex ran out of room": ("codex", "proj", Health.STUCK, "error", f"""
› go on

■ Codex ran out of room in the model's context window.
{CODEX_COMPOSER}"""),
    "codex was interrupted": ("codex", "proj", Health.IDLE, "turn-end", f"""
› go on

■ exceeded retry limit, last status: 429 Too Many Requests

› again

■ Conversation interrupted - use /feedback if something went wrong
{CODEX_COMPOSER}"""),
    "codex is done": ("codex", "proj", Health.IDLE, "turn-end", f"""
› fix it

• Done. ■ not an error; esc to interrupt

  Worked for 16s • 20:20
{CODEX_COMPOSER}"""),
    "gemini permission while the title says that it works": (
        "gemini", "✦  Working… (proj)", Health.WAITING, "permission", """
 > run it

╭──────────────────────────────────╮
│ Allow execution of [Shell]?      │
│                                  │
│ ● 1. Allow once                  │
│   2. No, suggest changes (esc)   │
╰──────────────────────────────────╯"""),
    "gemini question": ("gemini", "", Health.WAITING, "question", """
│ ● 1.  Parser                                       │
│ Enter to select · ↑/↓ to navigate · Esc to cancel  │
╰────────────────────────────────────────────────────╯"""),
    "gemini trust": ("gemini", "◇  Ready (proj)", Health.WAITING, "trust", """
 │ Do you trust the files in this folder?  │
 │ ● 1. Trust folder (proj)                │
 ╰─────────────────────────────────────────╯"""),
    "gemini was trusted, and is not up again": ("gemini", "◇  Ready (proj)", Health.OK, "restarts", """
 │ Do you trust the files in this folder?  │
 │ ● 1. Trust folder (proj)                │
 │   2. Don't trust                        │
 ╰─────────────────────────────────────────╯

 Gemini CLI is restarting to apply the trust changes...
Failed to check for updates: TypeError: fetch failed
please look at the parser"""),
    "gemini is up again": ("gemini", "◇  Ready (proj)", Health.IDLE, "title-ready", f"""
 Gemini CLI is restarting to apply the trust changes...

{GEMINI_REST}"""),
    "gemini is out of quota": ("gemini", "✦  Working… (proj)", Health.WAITING, "limit", """
 > go on

│ Usage limit reached for all Pro models.   │
│ ● 1. Keep trying                          │
│   2. Stop                                 │"""),
    "gemini thinks": ("gemini", "", Health.OK, "marker", f"""
 > fix it

 ⠙ Checking the parser (esc to cancel, 3s)
{GEMINI_REST}"""),
    "gemini works by its title": ("gemini", "✦  Working… (proj)", Health.OK, "title-working",
                                  GEMINI_REST),
    "gemini gave up": ("gemini", "◇  Ready (proj)", Health.STUCK, "error", f"""
 > go on

✕ [API Error: {{"error":{{"code":401}}}}]
{GEMINI_REST}"""),
    "gemini gave up a turn ago": ("gemini", "◇  Ready (proj)", Health.IDLE, "title-ready", f"""
✕ [API Error: {{"error":{{"code":401}}}}]
 > go on

✦ │ ● 1. is how I list things; ✕ is bad
{GEMINI_REST}"""),
    "gemini rests without a title": ("gemini", "", Health.IDLE, "composer", GEMINI_REST),
    "opencode permission": ("opencode", "", Health.WAITING, "permission", """
     ▣  Build · Some model

  ┃
  ┃  △ Permission required
  ┃    # Shell command
  ┃
  ┃   Allow once   Allow always   Reject      ⇆ select  enter confirm"""),
    "opencode question": ("opencode", "", Health.WAITING, "question", """
  ┃  Which first?
  ┃  1. Parser
  ┃
  ┃  ↑↓ select  enter submit  esc dismiss
  ┃"""),
    "opencode works": ("opencode", "", Health.OK, "footer", f"""
     ▣  Build · Some model
{OPENCODE_COMPOSER}
   ■■■⬝⬝⬝⬝⬝  esc interrupt                  ctrl+p commands"""),
    "opencode retries": ("opencode", "", Health.STUCK, "retry", f"""
     ▣  Build · Some model
{OPENCODE_COMPOSER}
   ⬝⬝■■■■■■ Rate limit exceeded [retrying in 4s attempt #2]      esc interrupt"""),
    "opencode tries right now": ("opencode", "", Health.STUCK, "retry", f"""
     ▣  Build · Some model
{OPENCODE_COMPOSER}
   ⬝⬝■■■■■■ Internal server error [retrying attempt #1]"""),
    "opencode failed": ("opencode", "", Health.STUCK, "error", f"""
  ┃
  ┃  go on
  ┃

  ┃
  ┃  invalid api key
  ┃

     ▣  Build · Some model
{OPENCODE_COMPOSER}
   ~/proj                                 1.2K  ctrl+p commands"""),
    "opencode is done": ("opencode", "", Health.IDLE, "composer", f"""
  ┃
  ┃  fix the error: esc interrupt, [retrying in 3s]
  ┃

     Nothing failed.

     ▣  Build · Some model · 20.3s
{OPENCODE_COMPOSER}
   ~/proj                                 1.2K  ctrl+p commands"""),
    "opencode was interrupted": ("opencode", "", Health.IDLE, "composer", f"""
  ┃
  ┃  fix the error
  ┃

     ▣  Build · Some model · interrupted
{OPENCODE_COMPOSER}
   ~/proj                                 1.2K  ctrl+p commands"""),
    "aider question": ("aider", "", Health.WAITING, "question", """
new.py
Create new file? (Y)es/(N)o [Yes]:"""),
    "aider question with more answers": ("aider", "", Health.WAITING, "question", """
Run shell command? (Y)es/(N)o/(D)on't ask again [Yes]: n"""),
    "aider waits for the model": ("aider", "", Health.OK, "waiting-for-model", """
> fix it

 ░█        Waiting for openai/some-model"""),
    "aider retries": ("aider", "", Health.STUCK, "retry", """
litellm.RateLimitError: RateLimitError: slow down
The API provider has rate limited you. Try again later or check your quotas.
Retrying in 0.2 seconds...
 ░█        Waiting for openai/some-model"""),
    "aider gave up": ("aider", "", Health.STUCK, "error", f"""
> go on

litellm.BadRequestError: OpenAIException - invalid api key

{RULER}
>"""),
    "aider gave up a turn ago": ("aider", "", Health.IDLE, "prompt", f"""
litellm.BadRequestError: OpenAIException - invalid api key
{RULER}
> go on

Done.
{RULER}
>"""),
    "aider tries again after it gave up": ("aider", "", Health.OK, "waiting-for-model", f"""
litellm.BadRequestError: OpenAIException - invalid api key
{RULER}
diff> try again

 ░█        Waiting for openai/some-model"""),
    "aider is at its prompt": ("aider", "", Health.IDLE, "prompt", f"""
Tokens: 788 sent, 81 received. 0 errors.
{RULER}
architect>"""),
    "aider's user types": ("aider", "", Health.IDLE, "prompt", f"{RULER}\ndiff> fix the err"),
    "aider quotes": ("aider", "", Health.OK, "active", "Some text:\n  > a quote"),
}  # fmt: skip


def seen(profile, title, text):
    """Return the verdict, some seconds after the agent came to look like `text`."""
    lines = tuple(text.strip("\n").split("\n"))
    judge = Judge(named(PROFILES, profile), Thresholds(), 0.0)
    judge.look(0.0, Evidence(("",), 0, 0, "", profile))
    judge.look(1.0, Evidence(lines, len(lines) - 1, 0, title, profile))
    return judge.verdict(5.0)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_means_what_a_user_sees(name):
    profile, title, health, rule, text = SCREENS[name]

    verdict = seen(profile, title, text)

    assert (verdict.health, verdict.rule) == (health, f"{profile}/{rule}")


@pytest.mark.parametrize("profile", [p.name for p in PROFILES if p.name != "generic"])
@pytest.mark.parametrize(
    "text",
    [
        "Do you want to proceed? ❯ 1. Yes",
        "error: failed, rate limit exceeded, exception",
        "the docs say: Retrying in 5 seconds, attempt 1/10",
        "Would you like to run it? (yes)",
    ],
)
def test_prose_is_no_evidence(profile, text):
    verdict = seen(profile, "", f"  I read this: {text}\n  and went on")

    assert (verdict.health, verdict.rule) == (Health.OK, f"{profile}/active")


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_every_profile_but_the_generic_one_has_rules_and_can_be_resumed(profile):
    is_known = profile.name != "generic"

    assert is_known or not profile.rules
    assert bool(profile.resume) is is_known
    assert profile.reads_error_patterns is not is_known
    assert profile.reads_reports


def test_a_claude_that_streams_works_though_a_draft_hides_its_footer():
    judge = Judge(named(PROFILES, "claude"), Thresholds(), 0.0)
    believed = []
    for t in range(1, 12):
        text = "❯ explain it\n\n● It is like this:" + "\n  and so on" * t + "\n\n"
        lines = tuple((text + composer("❯", "1. do this", "⏸ manual mode on")).split("\n"))
        judge.active(float(t))
        judge.look(float(t), Evidence(lines, 0, 0, "", "claude"))
        believed.append(judge.verdict(t + 0.9).health)

    assert set(believed) == {Health.OK}
    assert judge.verdict(20.0).health is Health.IDLE


def test_a_claude_that_recovers_from_a_retry_works_again():
    judge = Judge(named(PROFILES, "claude"), Thresholds(), 0.0)
    frames = {
        1.0: "❯ go on\n\n✶ Warping…\n",
        2.0: "❯ go on\n\n✻ API error · retrying in 1s · attempt 1/10\n",
        4.0: "❯ go on\n\n✶ Warping… (4s)\n",
        6.0: "❯ go on\n\n● Here is the answer\n",
    }
    believed = {}
    for t, text in frames.items():
        lines = tuple((text + composer("❯", "", "esc to interrupt")).split("\n"))
        judge.look(t, Evidence(lines, 0, 0, "", "claude"))
        believed[t] = judge.verdict(t + 0.9).health

    assert list(believed.values()) == [Health.OK, Health.STUCK, Health.STUCK, Health.OK]


def played(profile, frames):
    """Return what is believed 0.9 s after each of the frames, `{t: screen}`."""
    judge = Judge(named(PROFILES, profile), Thresholds(), 0.0)
    believed = []
    for t, text in frames.items():
        lines = tuple(text.split("\n"))
        judge.look(t, Evidence(lines, 0, 0, "", profile))
        believed.append(judge.verdict(t + 0.9).health)
    return believed


def test_a_claude_that_recovers_is_known_by_the_tokens_it_receives():
    def frame(spinner):
        return f"❯ go on\n\n{spinner}\n\n" + composer("❯", "", "esc to interrupt")

    believed = played(
        "claude",
        {
            1.0: frame("✶ Warping… (1s)"),
            2.0: frame("✻ API error · retrying in 1s · attempt 1/10"),
            4.0: frame("✶ Warping… (4s · thinking)"),
            5.0: frame("✢ Warping… (5s · ↓ 5 tokens · thinking)"),
        },
    )

    assert believed == [Health.OK, Health.STUCK, Health.STUCK, Health.OK]


OPENCODE_ASKED = f"""
  ┃
  ┃  go on
  ┃

     ▣  Build · Some model
{OPENCODE_COMPOSER}
"""
OPENCODE_FAILED = OPENCODE_ASKED.replace("     ▣", "  ┃\n  ┃  invalid api key\n  ┃\n\n     ▣")


def test_an_opencode_that_is_interrupted_while_it_retries_has_not_failed():
    believed = played(
        "opencode",
        {
            1.0: OPENCODE_ASKED + "   ■■■⬝⬝⬝⬝⬝  esc interrupt      ctrl+p commands",
            2.0: OPENCODE_ASKED
            + "   ⬝⬝■■■■■■ Slow down [retrying in 4s attempt #1]    esc interrupt",
            9.0: OPENCODE_ASKED + "   ~/proj                         1.2K  ctrl+p commands",
        },
    )

    assert believed == [Health.OK, Health.STUCK, Health.IDLE]


def test_an_opencode_that_fails_in_two_frames_has_failed():
    believed = played(
        "opencode",
        {
            1.0: OPENCODE_ASKED + "   ■■■⬝⬝⬝⬝⬝  esc interrupt      ctrl+p commands",
            5.0: OPENCODE_FAILED + "   ■■■■⬝⬝⬝⬝  esc interrupt      ctrl+p commands",
            5.2: OPENCODE_FAILED + "   ~/proj                         1.2K  ctrl+p commands",
            6.2: OPENCODE_FAILED + "   ~/proj                         1.2K  ctrl+p commands ",
        },
    )

    assert believed[-1] is Health.STUCK
