"""Small screens in shapes that no profile names, of agents that are known and of others: the table runs whole."""

from oma.detection.evidence import Evidence
from oma.detection.judge import Judge
from oma.detection.profile_selection import named
from oma.detection.thresholds import Thresholds
from oma.model.health import Health
from tests.unit.detection.judged_screens import ABOVE, PROFILES, health_of

RULER = "─" * 60
CLAUDE_END = f"{RULER}\n❯ \n{RULER}\n  ? for shortcuts"

# name: profile, expected health, screen (the cursor is on its last line with text)
SCREENS = {
    "answers with keys of their own": ("codex", Health.WAITING, """
┏━ Approval ━━━━━━━━━━━━━━━━┓
┃ ./clean.sh                ┃
┃ [a] Accept   [d] Decline  ┃
┗━━━━━━━━━━━━━━━━━━━━━━━━━━━┛"""),
    "keys before answers, without brackets": ("generic", Health.WAITING, """
 Permission required
 bash: rm -rf target
 y allow  s allow session  n deny
 [BUILD] some-model                     12k"""),
    "a prompt with a name below the answers": ("kiro", Health.WAITING, """
Run it? 't' trusts it (always). [y/n/t]:

[dev] 16% λ > """),
    "an answer that is being typed at such a prompt": ("kiro", Health.WAITING, """
Run it? [y/n/t]:
[dev] 16% λ > no, do"""),
    "an open step of a line of steps": ("generic", Health.WAITING, """
◇  Name
│  demo
│
◆  Which one?
│  ● Small
│  ○ Large
└"""),
    "an open step that takes text": ("generic", Health.WAITING, """
◆  What is it called?
│  demo_
└"""),
    "steps that are over": ("generic", Health.OK, """
◇  Which one?
│  Small
│
└  Done"""),
    "a mark behind the number": ("generic", Health.WAITING, """
  ┃  printf HELLO
  ┃
  ┃  1 (●) Yes, and never ask again
  ┃  2 (○) Yes
  ┃  3 (○) No

  1/3:select  │  Tab:next option  │  Ctrl+c:cancel"""),
    "numbers without dots": ("generic", Health.WAITING, """
Do you trust the authors of this directory?
Not in one with content of others.

❭ 1 Yes, trust it
· 2 No"""),
    "arrows in words": ("generic", Health.WAITING, """
Allow tool: bash
❯ Approve
  Deny
up/down navigate  enter select  esc cancel"""),
    "all four arrows": ("generic", Health.WAITING, """
Choose a branch:
> main
  dev

←↓↑→ navigate • enter submit"""),
    "hints in another language": ("generic", Health.WAITING, """
 Darf ich das ausführen?

   rm -rf build

 ❯ Ja
   Nein

 ↑/↓ Auswahl · Eingabe bestätigen · Esc abbrechen"""),
    "any key": ("cursor-agent", Health.WAITING, "\n   Press any key to log in..."),
    "a login that goes on in a browser": ("generic", Health.WAITING, """
  Approve in your browser to finish signing in.

  ABCD-EFGH

  ctrl+q  quit"""),
    "a question with one answer": ("generic", Health.WAITING, "\nNeeds: a package\nOk to proceed? (y) "),
    "more answers than three": ("generic", Health.WAITING, """
Command: wc -l a
Run it? (Y)es/(N)o/(A)ll/(S)kip all/(D)on't ask again [Yes]: """),
    "keys behind answers beside each other": ("opencode", Health.WAITING, """
 │ Permission Required                              │
 │ rm -rf build                                     │
 │  Allow (a)  Allow for session (s)  Deny (d)      │"""),
    "answers beside each other, told by colour": ("amp", Health.WAITING, """
│ Plugin "deploy" wants to run. Allow?  │
│                                       │
│   [Yes]   No                          │"""),
    "words that answer, far below the question": ("generic", Health.WAITING, """
 Is it OK if I run this?

   npm test

 ❯ yes
   no

 E edit · ctrl+i auto-approve"""),
    "words that answer, from the first column": ("generic", Health.WAITING, """
One action:
  1. make test

Choose an option:
> Yes, proceed
  No, reject with a reason
  Always proceed"""),
    "a mark two blanks before the answer": ("cline", Health.WAITING, """
┃ Let it use this tool?
┃
┃ >  Yes
┃    No, with feedback"""),
    "a popup over the composer": ("opencode", Health.WAITING, """
   ┃  Ask anything...
   ╹▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
     Update Available                      esc
     A release is there. Would you like to update now?
                             Skip     Confirm
                  tab agents  ctrl+p commands"""),
    "the sessions that may be resumed": ("codex", Health.WAITING, """
  Resume a previous session

  > 2 hours ago    main   Mend the parser
    yesterday      main   Write the manual

  enter to resume     esc to start new     ctrl + c to quit"""),
    "a program that asks about a file": ("generic", Health.WAITING, "$ rm -i a\nrm: remove regular file 'a'? "),
    "a passphrase for a long path": ("generic", Health.WAITING, "Enter passphrase for key '/home/u/.ssh/a-long-name-of-a-key': "),
    "a name for a server": ("generic", Health.WAITING, "Cloning\nUsername for 'https://example.com': "),
    "a code": ("generic", Health.WAITING, "(u@box) Verification code: "),
    "a value": ("generic", Health.WAITING, "Only 'yes' is taken.\n\n  Enter a value: "),
    "yes or no in French": ("generic", Health.WAITING, "Voulez-vous continuer ? [O/n] "),
    "yes or no in German": ("generic", Health.WAITING, "Datei überschreiben? (j/N): "),
    "a draft that begins with yes": ("claude", Health.IDLE, f"""
● Done.

✻ Worked for 3s

{RULER}
❯ yes, and then
  the manual
{RULER}
  ? for shortcuts"""),
    "what failed while claude compacted": ("claude", Health.STUCK, f"""
❯ go on
  ⎿  Error: Error during compaction: Error: Conversation too long.

{CLAUDE_END}"""),
    "a failure with a heading": ("crush", Health.STUCK, """
  go on

  ERROR  Unauthorized: invalid key

  > Ready?
:::
  / or ctrl+p commands • ctrl+c quit"""),
    "a page without a list, opened by a command": ("claude", Health.IDLE, f"""
❯ /usage

{RULER}
  Current week
  ████████████ 100% used
  Resets Oct 6, 1pm

  Esc to cancel"""),
    "errors that it worked past, and no sign before its answer": ("pi", Health.IDLE, f"""
 and the next thing

 Error: 429: {{"message":"Rate limit exceeded, please retry
 later","type":"rate_limit_exceeded"}}

 All fine again.

{RULER}

{RULER}
~/demo
0.9%/128k (auto)   some-model • medium"""),
    "an error that is its last word": ("pi", Health.STUCK, f"""
 and the next thing

 Error: 429: {{"message":"Rate limit exceeded, please retry
 later","type":"rate_limit_exceeded"}}

{RULER}

{RULER}
~/demo
0.9%/128k (auto)   some-model • medium"""),
    "hints above status lines": ("pi", Health.WAITING, f"""
{RULER}
 Which port should it use?

 >

 enter submit  escape cancel
{RULER}
~/demo
0.9%/128k (auto)   some-model • medium"""),
    "hints that are quoted above a composer": ("pi", Health.IDLE, f"""
 It says enter submit, escape cancel:

 enter submit  escape cancel
{RULER}

{RULER}
~/demo
0.9%/128k (auto)   some-model • medium"""),
    "circles below their hints": ("generic", Health.WAITING, """
? Which parts? ›
Instructions:
    ↑/↓: Highlight option
    enter/return: Complete answer
◯   tests
◉   docs
◯   ci"""),
    "a mark of two signs": ("generic", Health.WAITING, """
? Which licence? (Use arrow keys)
 » MIT
   Apache-2.0"""),
    "an arrow as the mark": ("generic", Health.WAITING, """
Allow the tool "shell"?

➜ Allow
  Allow for this session
  Deny"""),
    "boxes to tick": ("generic", Health.WAITING, """
Apply the patch?

  [x] Yes
  [ ] No

  arrows to move, space to select, enter to confirm"""),
    "an empty box to type in": ("amp", Health.IDLE, """
  Done.

╭─ 14% of 168k ──────────────── smart ─╮
│                                      │
╰────────────────────── ~/demo (main) ─╯"""),
    "rest as reports tell of it": ("crush", Health.IDLE, """
  Done.

  > Ready?
:::
  / or ctrl+p commands • ctrl+l models • ctrl+c quit • ctrl+g more"""),
    "a composer whose sign is told by its words": ("kiro", Health.IDLE, """
  Done.
────────────────────────────────────────────────────────────
developer · a-model · ◔ 4%              ~/project · (main)
 Ask a question or describe a task ↵  ctrl+g: agent monitor"""),
    "a sign between double rules": ("generic", Health.IDLE, """
  Done.
════════════════════════════════════════
❱
════════════════════════════════════════
  build · 12% context"""),
    "an answer that tells of a login": ("cursor-agent", Health.IDLE, """
  how do I log in?

  Run the command; it lets you sign in in your browser.

  → Add a follow-up

  Some model"""),
    "an answer that tells of a failure": ("kiro", Health.IDLE, """
[dev] 20% λ > what is a 429?

> Error 429 means: too many requests were sent.

[dev] 22% λ > """),
    "a limit, then the end of the turn": ("claude", Health.STUCK, f"""
❯ go on
  ⎿  You've hit your weekly limit · resets Oct 6, 1pm (UTC)

✻ Worked for 2s

{CLAUDE_END}"""),
    "a model that cannot be had": ("claude", Health.STUCK, f"""
❯ go on

⏺ Larch is currently unavailable. Please try again later.

{CLAUDE_END}"""),
    "a failure of an agent without rules": ("cursor-agent", Health.STUCK, """
  go on

  Error: You've hit your usage limit. Get more of it.

  → Add a follow-up

  Some model"""),
    "a failure in two lines": ("kiro", Health.STUCK, """
[dev] 4% λ > go on

This does not work right now:
   1: Too many requests, please wait.

[dev] 4% λ > """),
    "a failure that another message follows": ("amp", Health.IDLE, """
  Error: rate limit exceeded: 429

✓ Tried again, and it went well.

╭─ 14% of 168k ──────────────── smart ─╮
│ >                                    │
╰────────────────────── ~/demo (main) ─╯"""),
    "a failure in a log that goes on": ("droid", Health.OK, """
12:03 connecting
Error: connection refused: 10.0.0.1
12:04 connecting again"""),
    "a composer with a name at its lower edge": ("generic", Health.IDLE, """
     Here is the answer.

  ╭────────────────╮
  │ ❯              │
  ╰── Larch (high) · always-approve ─╯
  Shift+Tab:mode  │  Ctrl+x:shortcuts"""),
    "a list that is a draft": ("claude", Health.IDLE, f"""
● Done.

✻ Worked for 3s

{RULER}
❯ 1. Yes
  2. No, and tell me why
{RULER}
  ⏵⏵ accept edits on (shift+tab to cycle)"""),
    "a draft of two lines that asks": ("codex", Health.IDLE, """
• Done.

› why does it say so?
  Do you want to proceed? (y/n)

  some-model · ~/demo"""),
    "a list below a box, opened by a command": ("claude", Health.IDLE, f"""
❯ /resume

{RULER}
  Resume session (1 of 12)
  ╭──────────────────────╮
  │ Search…              │
  ╰──────────────────────╯

  ❯ Mend the parser
    2 hours ago
    Write the manual

  Ctrl+V to preview · Esc to cancel"""),
    "a view with two lines of hints": ("codex", Health.IDLE, """
• Done.
~
──────────────────────────── 100% ─
 ↑/↓ to scroll   pgup/pgdn to page
 q to quit   esc to edit prev"""),
    "codex's sign of work above its last message": ("codex", Health.IDLE, """
› mend the test

• Working (12s • esc to interrupt)

• It passes now.

› Summarize recent commits

  gpt-5.5 default · ~/repo"""),
    "codex's sign of work in its prose": ("codex", Health.IDLE, """
› what does it show

• It shows "• Working (12s • esc to interrupt)" or Working (12s • esc to interrupt) for a while.

› Summarize recent commits

  gpt-5.5 default · ~/repo"""),
    "what is queued below codex's sign of work": ("codex", Health.OK, """
› mend the test

• Running cargo test (12s • esc to interrupt) · 1 background terminal running

• Queued follow-up inputs
  ↳ then the docs

› Summarize recent commits

  gpt-5.5 default · ~/repo"""),
    "a composer within the frame of another program": ("claude", Health.IDLE, """
│ ⏺ The docs are built.                                                  │
│ ────────────────────────────────────────────────────────────────────── │
│ ❯                                                                      │
│ ────────────────────────────────────────────────────────────────────── │
│   ? for shortcuts                                                      │"""),
    "a command of the shell in a composer": ("claude", Health.IDLE, f"""
! ls
  ⎿  a b c

{RULER}
! make
{RULER}
  ! for bash mode"""),
}  # fmt: skip


def test_every_shape_is_judged_as_a_user_would():
    told = {name: health_of(profile, screen) for name, (profile, _, screen) in SCREENS.items()}

    assert told == {name: expected for name, (_, expected, _) in SCREENS.items()}


def test_what_stands_above_a_question_hides_none():
    asking = {name: row for name, row in SCREENS.items() if row[1] is Health.WAITING}
    told = {
        (name, above): health_of(profile, f"\n{above}\n\n{screen.removeprefix(chr(10))}")
        for name, (profile, _, screen) in asking.items()
        for above in ABOVE
    }

    assert {key: health for key, health in told.items() if health is not Health.WAITING} == {}


def test_a_shell_below_the_farewell_of_an_agent_is_what_an_agent_left():
    screen = " Total: 1m\n\n Resume with: larch --resume=0123abcd\nu@box:~$ "
    lines = tuple(screen.split("\n"))
    judge = Judge(named(PROFILES, "generic"), Thresholds(), 0.0)
    judge.active(1.0)

    judge.look(1.0, Evidence(lines, len(lines) - 1, 0, "", "bash", ("bash",)))

    assert judge.verdict(12.0).health is Health.EXITED
