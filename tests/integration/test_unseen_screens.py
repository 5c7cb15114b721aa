"""Screens of kinds that were reported, drawn anew: what the profiles and the shapes say of them."""

import pytest

from oma.config.profiles import packaged_profiles
from oma.detection.evidence import Evidence
from oma.detection.judge import Judge
from oma.detection.profile_selection import named
from oma.detection.thresholds import Thresholds

PROFILES = packaged_profiles()
RULE = "─" * 60
COMPOSER = f"{RULE}\n❯ \n{RULE}\n  ? for shortcuts"

# name: kind, title, what it is, its screen
SCREENS = {
    "opencode rests in a narrow pane": ("opencode", "OC | x", "idle", """
     ▣  Build · a-model · 21.1s
  ┃
  ┃  Build · a-model
  ╹▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
   /home/somebody/src/a-long-name-     1.2K ctrl+p
   of-a-project/api                         commands"""),
    "cline as it starts in a wide pane": ("cline", "Cline", "idle", f"""
                         What can I do for you?
    Use / for slash commands, @ for file mentions, Ctrl+P for menu
              {RULE}
              ❯ What can I do for you?
              {RULE}
               some-model (0) $0.00             ○ Plan ● Act (Tab)
               demo (master)
               Auto-approve all disabled (Shift+Tab)"""),
    "opencode tries again in a narrow pane that cuts a word": ("opencode", "OC | x", "stuck", """
     ▣  Build · a-model
  ┃
  ┃  Build · a-model
  ╹▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
   ⬝Rate■limit exceeded, please retry later [retrying attemp
                                                         #1]"""),
    "opencode works in a pane that is narrower still": ("opencode", "OC | x", "ok", """
     ▣  Build · a-model
  ┃
  ┃  Build · a-model
  ╹▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
   ■■■⬝⬝⬝⬝⬝  esc    1.2K ctrl+p
             interrupt  commands"""),
    "hermes works in a narrow pane": ("hermes", "", "ok", f"""
╭─ ⚕ Hermes ───────────────────────────────────────────────╮
  ┊ preparing a tool…
╰──────────────────────────────────────────────────────────╯
 ⚕ a-model · 0% · 42s
{RULE}
⚕ msg=interrupt · /queue · /bg · /steer · Ctrl+C cancel"""),
    "gptme rests, and a draft quotes a question": (
        "gptme", "gptme - ⌨️ waiting for input - 2026-11-30-singing-crazy-mouse", "idle", """
Assistant: Done.
User: why does it say Do you want to Proceed? 1. Yes 2. No"""),
    "codex, older, asks for a mode within a permission": ("codex", "", "waiting", """
╭──────────────────────────────────────────────────────
│ Switch approval mode
│ Current mode: auto-edit
│
│ ❯ auto-edit
│   suggest
│   full-auto
│ type to search · enter to confirm · esc to cancel
╰──────────────────────────────────────────────────────"""),
    "gptme rests in a conversation with a telling name": (
        "gptme", "gptme - ⌨️ waiting for input - 2026-11-29-running-pink-walrus", "idle", """
Assistant: Done.
User:"""),
    "gptme asks which conversation to go on with": ("gptme", "", "waiting", """
New conversation or load previous?
* New conversation
  Load more"""),
    "gptme tries again": ("gptme", "", "stuck", """
User: and the rest
· WARNING  OpenAI API transient error (status 429), retrying in 1.0s (attempt 1/11)
· WARNING  OpenAI API transient error (status 429), retrying in 2.0s (attempt 2/11)"""),
    "gptme tries again in a narrow pane": ("gptme", "", "stuck", """
User: and the rest
· WARNING  OpenAI API transient error (status 500), retrying
           in 8.0s (attempt 4/11)"""),
    "gptme has tried again": ("gptme", "gptme - 🤔 generating - x", "ok", """
User: and the rest
· WARNING  OpenAI API transient error (status 500), retrying in 8.0s (attempt 4/11)
Assistant: All of it"""),
    "claude works above a long checklist": ("claude", "✳ T", "ok", f"""
❯ do

● ok

✻ Herding cats… (2m 3s · ↓ 1.2k tokens)
  ⎿  ☒ One
     ☐ Item 0
     ☐ Item 1
     ☐ Item 2
     ☐ Item 3
     ☐ Item 4
     ☐ Item 5
     ☐ Item 6
     ☐ Item 7
     ☐ Item 8
     ☐ Item 9
     ☐ Item 10
     ☐ Item 11
     ☐ Item 12
     ☐ Item 13
     ☐ Item 14
     ☐ Item 15
     ☐ Item 16
     ☐ Item 17
     ☐ Item 18
     ☐ Item 19

{COMPOSER}"""),
    "claude compacts": ("claude", "✳ T", "ok", f"""
❯ /compact

✻ Compacting conversation… (12s · esc to interrupt)

{COMPOSER}"""),
    "claude compacts without motion": ("claude", "✳ T", "ok", f"""
❯ do

● ok

● Compacting conversation…

{RULE}
❯
{RULE}
  ctx 3%"""),
    "claude asks to approve a plan": ("claude", "✳ T", "waiting", f"""
❯ do

● Plan

{RULE}
 Here is Claude's plan:

  1. a
  2. b

 Would you like to proceed?

 ❯ 1. Yes, and auto-accept edits
   2. Yes, and manually approve edits
   3. No, keep planning

 ctrl-g to edit in VS Code"""),
    "claude asks how to log in": ("claude", "", "waiting", f"""
{RULE}
 Select login method:

 ❯ 1. Claude account with subscription · Pro, Max
   2. Anthropic Console account · API usage billing
"""),
    "an unknown agent asks how to log in": ("generic", "", "waiting", """
 Select login method:

 ❯ 1. Claude account
   2. Console account
"""),
    "claude asks for a style at its first start": ("claude", "", "waiting", """
 Let's get started.

 Choose the text style that looks best with your terminal
 To change this later, run /theme

 ❯ 1. Dark mode ✔
   2. Light mode
   3. Dark mode (colorblind-friendly)
"""),
    "claude's login failed in reversed words": ("claude", "✳ T", "stuck", f"""
❯ go

⏺ Failed to authenticate. API Error: 401 {{"type":"error"}}

{COMPOSER}"""),
    "claude's limit of hours": ("claude", "✳ T", "stuck", f"""
❯ go
  ⎿  5-hour limit reached ∙ resets 3pm
     /upgrade to increase your usage limit.

{COMPOSER}"""),
    "claude retries in older words": ("claude", "✳ T", "stuck", f"""
❯ go

● API Error (Connection error.) · Retrying in 5 seconds… (attempt 4/10)

{COMPOSER}"""),
    "claude has no credit": ("claude", "✳ T", "stuck", f"""
❯ go

⏺ Credit balance is too low

{COMPOSER}"""),
    "claude is out of extra usage": ("claude", "✳ T", "stuck", f"""
❯ go
  ⎿  You're out of extra usage · resets Dec 1 at 3pm

{COMPOSER}"""),
    "claude's help": ("claude", "✳ T", "idle", f"""
❯ /help
{RULE}
  Claude Code v2.1.240  general   commands   custom-commands  (←/→ or tab to cycle)

  Claude understands your codebase

  For more help: https://x

 Esc to cancel"""),
    "claude's settings": ("claude", "✳ T", "idle", f"""
❯ /config
{RULE}
 Settings:  Status   Config   Usage  (tab to cycle)

 ❯ Auto-compact    true
   Show tips       true
   Theme           dark

 Space to change · Enter to save · / to search · Esc to cancel"""),
    "codex asks a question of its own": ("codex", "p", "waiting", """
› do

  Question 1/1 (1 unanswered)
  Which one?

  › 1. A   first
    2. B   second
    3. None of the above

  tab to add notes | enter to submit answer | esc to interrupt"""),
    "codex offers an update": ("codex", "p", "waiting", """
  ✨ Update available! 0.1 -> 0.2

  Release notes: https://x

› 1. Update now (runs `npm i`)
  2. Skip
  3. Skip until next version

  Press enter to continue"""),
    "codex's models": ("codex", "p", "idle", """
› /model

  Select Model and Effort

› 1. gpt-5 (current)  x
  2. gpt-5-mini

  Press enter to select reasoning effort, or esc to dismiss."""),
    "codex has a draft": ("codex", "p", "idle", """
• Done.

› a draft with 1. and
  esc to interrupt in it

  gpt · ~/p"""),
    "an unknown agent asks on a line above its prompt": ("generic", "", "waiting", """
Allow this action? Use 't' to trust (always allow) this tool for the session. [y/n/t]:

> """),
    "an unknown agent asks in a box": ("generic", "", "waiting", """
╭──────────────────────╮
│ Invoke tool Bash?                            │
│ make                            │
│ ❯ Yes         │
│   Allow all   │
│   No          │
╰───────────────────╯"""),
    "an unknown agent asks with buttons": ("generic", "", "waiting", """
  Permission Required

  Tool bash

   Allow   Allow for Session   Deny

  ←/→ choose · enter confirm · esc cancel
"""),
    "an unknown agent asks with hints below": ("generic", "", "waiting", """
some

> Yes, allow
  Yes, always
  No, cancel

Use ↑↓ to navigate, Enter to select, Esc to cancel all"""),
    "an agent in an inner tmux asks": ("generic", "", "waiting", f"""
❯ do

{RULE}
 Bash command

   make

 Do you want to proceed?
 ❯ 1. Yes
   2. No

 Esc to cancel · Tab to amend
[main] 0:ssh* 1:bash-                  "host" 12:30 29-Nov-26"""),
    "an agent in an inner tmux works": ("generic", "", "ok", f"""
❯ do

✻ Herding… (2m 3s · ↓ 1.2k tokens)

{RULE}
❯
{RULE}
  esc to interrupt
[main] 0:ssh* 1:bash-     "host" 12:30 29-Nov-26"""),
    "an agent in an inner tmux rests": ("generic", "", "idle", f"""
❯ do

● Done.

{COMPOSER}
[main] 0:ssh* 1:bash-     "host" 12:30 29-Nov-26"""),
    "gemini asks how to log in": ("gemini", "◇  Ready (p)", "waiting", """
╭──────────────────────╮
│                       │
│ ? Get started         │
│                       │
│ How would you like to authenticate for this project? │
│ ● 1. Login with Google  │
│   2. Use Gemini API Key │
│                         │
│ (Use Enter to select)   │
╰────────────────────────╯"""),
    "gemini asks to write a file": ("gemini", "✦  Working… (p)", "waiting", """
╭──────────────────────╮
│ ?  WriteFile Writing to a.txt                       │
│ 1   hello │
│ Apply this change?                        │
│ ● 1. Allow once  │
│   2. Allow for this session │
│   3. Modify with external editor   │
│   4. No, suggest changes (esc)                         │
╰────────────────────────╯"""),
    "copilot waits for its agents": ("copilot", "x - GitHub Copilot", "ok", f"""
 ❯ do

 ● I wait.

 ~/p
{RULE}
❯
{RULE}
 ◎ Waiting for 2 background agents esc esc interrupt"""),
    "copilot's question, of which only the bottom shows": ("copilot", "x - GitHub Copilot", "waiting", """
│ Do you want to run this command?
│
│ ❯ 1. Yes
│   2. Yes, and approve `make` for the rest of the running session
│   3. No, and tell Copilot what to do differently (Esc to stop)
│
│ ↑/↓ to navigate · enter to select · esc to cancel
╰──────────────────────╯"""),
    "opencode has a draft": ("opencode", "OC | x", "idle", """
  ┃
  ┃  do
  ┃

     Done.

     ▣  Build · M · 3s

  ┃
  ┃  draft esc interrupt
  ┃
  ┃  Build · M
  ╹▀▀▀▀▀▀▀▀▀▀▀▀
   ~/p      ctrl+p commands"""),
    "claude has a draft that asks": ("claude", "✳ T", "idle", f"""
● Done.

✻ Worked for 3s

{RULE}
❯ Do you want to proceed?
{RULE}
  ? for shortcuts"""),
    "claude passes on a form of a server": ("claude", "✳ T", "waiting", f"""
❯ do

⏺ srv - x (MCP)

✻ Puzzling… (4s)

{RULE}
  MCP server “srv” requests your input

  Name
  ❯ spring

  Accept    Decline

  Enter to submit · Esc to cancel · ↑/↓ to navigate"""),
    "claude asks in 20 columns": ("claude", "✳ T", "waiting", f"""
{RULE}
 Do you want to
 allow Claude to
 fetch this?
 ❯ 1. Yes
   2. No, and
   tell Claude

 Esc to cancel"""),
    "aider asks about a link": ("aider", "", "waiting", """
Add URL to the chat? (Y)es/(N)o/(D)on't ask again [Yes]: """),
    "an unknown script asks": ("generic", "", "waiting", """
Proceed with changes? (y/N) """),
    "an unknown script offers a list": ("generic", "", "waiting", """
? Which template?
❯ one
  two
  three"""),
}  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_that_nobody_showed_means_what_a_user_sees(name):
    kind, title, health, text = SCREENS[name]
    columns = 20 if "20 columns" in name else 100
    lines = tuple(text.removeprefix("\n").split("\n"))
    judge = Judge(named(PROFILES, kind), Thresholds(), 0.0)
    judge.look(0.0, Evidence(("",), 0, 0, "", kind, columns=columns))
    judge.active(1.0)

    judge.look(1.0, Evidence(lines, len(lines) - 1, 0, title, kind, columns=columns))

    assert judge.verdict(10.0).health == health, judge.explain(10.0)
