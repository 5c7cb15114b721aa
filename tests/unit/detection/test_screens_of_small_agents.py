"""Small screens of agents that few know, and of the prompt libraries that they are built with: the table runs whole."""

from oma.model.health import Health
from tests.unit.detection.judged_screens import ABOVE, health_of

RULER = "─" * 60

# name: expected health, screen of an agent of no known kind (the cursor is on its last line with text)
SCREENS = {
    "keys that are letters of the answers": (Health.WAITING, """
⚠ helper wants to reach api.example.com:443
  [a]pprove  [d]eny  [p]olicy (for good)"""),
    "such keys in a sentence": (Health.WAITING, """
The description stands above.

Do you want to (a)ccept, (e)dit, or (c)ancel?"""),
    "such keys with slashes": (Health.WAITING, "Risk: 3\n   [A]pprove / [D]eny / [T]rust it / [Q]uit: "),
    "such keys behind a sign": (Health.WAITING, "$ rm it\nGo on with it? (y)es/(n)o/(a)lways > "),
    "keys in one bracket": (Health.WAITING, "+new\n(1/3) Take this part [y,n,q,a,d,?]? "),
    "keys in one bracket, and what Enter means": (Health.WAITING, "Four steps.\n\n[a]pprove  [n]ext  [q]uit [a/n/q] (n): "),
    "terms to accept": (Health.WAITING, "Do you accept the terms of example.com? [(a)ccept/(r)eject/(v)iew]: "),
    "keys below a composer": (Health.WAITING, """
 I need to clean first.

>
 Approval for coder (shell): rm -rf build  [y] approve  [n] deny"""),
    "keys right above a composer": (Health.WAITING, """
 model  │ 12%
 ⚡ Plan awaits approval — [y] Approve  [n] Reject  [e] Edit
╭────────────────────────────────╮
│ >                              │
╰────────────────────────────────╯"""),
    "keys in words below a box": (Health.WAITING, """
╭ Message ───────────────────────╮
│                                │
╰────────────────────────────────╯
 Approval · shell  |  press Y to approve, N to deny"""),
    "a list to search in, its line below": (Health.WAITING, "    docs\n  ▌ main\n  3/3 ──────────\n> "),
    "circles and hints with keys in brackets": (Health.WAITING, """
? Which parts? (Press <space> to select, <a> to toggle all, and <enter> to proceed)
❯◉ tests
 ◯ docs
 ◯ ci"""),
    "a value with one in brackets": (Health.WAITING, "? What is its name? (demo) "),
    "a value behind an arrow": (Health.WAITING, "? What is the branch called? › "),
    "a number of a list": (Health.WAITING, "1) one\n2) two\n#? "),
    "buttons in a box": (Health.WAITING, """
   ┌──────┤ Restart services? ├──────┐
   │ They have to be restarted.      │
   │      <Yes>          <No>        │
   └─────────────────────────────────┘"""),
    "buttons in a box of plus and minus": (Health.WAITING, """
+------------- Permission -------------+
| write src/a.c (+12 -3)               |
|     [ Allow ]    [ Deny ]            |
+--------------------------------------+"""),
    "a mark before answers beside each other": (Health.WAITING, """
 ╔══════════════════════════════════════╗
 ║ The agent wants to read ~/.ssh/config║
 ║  ▶ Allow once    Always    Deny      ║
 ╚══════════════════════════════════════╝"""),
    "a code that is sent once": (Health.WAITING, "It takes a one-time password.\nEnter OTP: "),
    "a code for a device": (Health.WAITING, "Enter MFA code for arn:aws:iam::1:mfa/u: "),
    "a link to open": (Health.WAITING, "Open this URL in your browser to sign in:\nhttps://example.com/a?b=c"),
    "a browser that is waited for": (Health.WAITING, "https://example.com/a?b=c\nWaiting for the browser..."),
    "an editor with a commit message": (Health.WAITING, """
# Please enter the commit message.
                            [ Read 6 lines ]
^G Help      ^O Write Out ^W Where Is  ^K Cut       ^T Execute
^X Exit      ^R Read File ^U Paste     ^J Justify   ^/ Go To Line"""),
    "an editor with the steps of a rebase": (Health.WAITING, """
pick 1a2b3c mend
~
~
".git/rebase-merge/git-rebase-todo" 24L, 1024B"""),
    "a question below rules between which a message stands": (Health.WAITING, f"""
{RULER}
> look at it
I looked at it.
{RULER}
> go on
a.py
Create it? (Y)es/(N)o [Yes]: """),
    "numbers at a prompt": (Health.WAITING, "  1) apply\n  2) stop\nYour choice [1-2]: "),
    "yes or no in words": (Health.WAITING, "Overwrite it? Yes/No (default: No) "),
    "a word to type": (Health.WAITING, "This is for good.\nType 'main' to confirm: "),
    "a key to type below the words": (Health.WAITING, "Enter your token\n> "),
    "keys in brackets before answers, parted by dots": (Health.WAITING, "   [Enter] approve · [Esc] reject · [Tab] edit"),
    "keys in a question with commas": (Health.WAITING, "CONFLICT: a.py\nKeep (o)urs, (t)heirs or (b)oth? "),
    "boxes to tick, and hints in brackets": (Health.WAITING, """
  [*] a.py
> [ ] b.py
(space to toggle, enter to confirm)"""),
    "buttons with bars": (Health.WAITING, "   Execute it?\n\n   ▎ Approve ▎   ▎ Revise ▎   ▎ Reject ▎"),
    "a page to open, and a code": (Health.WAITING, """
To sign in, use a web browser to open the page https://example.com/device
and enter the code ABCD1234 to authenticate."""),
    "a pager": (Health.WAITING, "line 39\n--More--(42%)"),
    "the end of a pager": (Health.WAITING, "    mend it\n(END)"),
    "sentences that begin as answers": (Health.OK, """
  Allow it?
  Yes, because the parser is the only one who reads that file at all.
  No, if somebody else writes to it while the tests are being run."""),
    "a prompt that is a lambda": (Health.IDLE, " deployed in 3 s\n\nλ "),
    "a prompt of three signs": (Health.IDLE, " The answer is 42.\n\n>>> "),
    "a prompt that is a name": (Health.IDLE, "bot: I renamed it.\n\nYou: "),
    "a composer in a box of plus and minus": (Health.IDLE, """
 The build is green.

+--------------------------------------+
| >                                    |
+--------------------------------------+
  some-model | 12%"""),
    "keys that are always shown, that of interrupting among them": (Health.IDLE, f"""
 Three files.

{RULER}
❯
{RULER}
 enter send · esc interrupt · ctrl+p model · / commands · ! bash"""),
    "a count beside a message is no search": (Health.IDLE, """
 12/57
 tests are left.

> """),
    "answers that are quoted above a composer": (Health.IDLE, f"""
 It printed:

   [y] Approve   [n] Deny

{RULER}
❯
{RULER}"""),
    "a full context": (Health.STUCK, " ⚠  context window full — stopping\n\n> "),
    "a refused connection": (Health.STUCK, " API connection timeout: endpoint refused\n\n> "),
    "no credits": (Health.STUCK, "✖ Credits exhausted — add funds.\n\n❯ "),
    "a session that expired": (Health.STUCK, "Your session has expired. Run `larch login` again.\n\n> "),
    "all requests of a month": (Health.STUCK, "You've used all your free requests for this month.\n\n> "),
    "a wait before the next try": (Health.STUCK, " > go on\n Rate limited — waiting 30s..."),
    "tries that are counted": (Health.STUCK, " > go on\n ✗ Overloaded. Retrying in 12s (attempt 2/5)"),
    "a status of a server": (Health.STUCK, "> go\n✗ HTTP 401 Unauthorized\n\n> "),
    "an account that cannot pay": (Health.STUCK, "> go\n● Your billing account is not active.\n\n> "),
    "a prompt that is too long": (Health.STUCK, "> go\n✖ Prompt is too long: 210034 tokens\n\n> "),
    "a name that is not found": (Health.STUCK, "> go\n✗ getaddrinfo ENOTFOUND api.example.com\n\n> "),
    "a key that is refused": (Health.STUCK, "> go\nInvalid API key. Run `larch login`.\n\n> "),
    "a failure of a tool, and what the agent says of it": (Health.IDLE, f"""
  └ 3 failed: connection refused
● I mended the address; all pass now.

{RULER}
>
{RULER}"""),
    "a status that is talked of": (Health.IDLE, "> why?\nHTTP 401 means that nobody logged in.\n\n> "),
    "a limit that is talked of": (Health.IDLE, "> what is a 429?\nIt means that the rate limit was exceeded.\n\n> "),
    "a session that is talked of": (Health.IDLE, "> why?\nYour session expired tokens on purpose.\n\n> "),
    "tries that are talked of": (Health.IDLE, "> why?\nThe manual says: Retrying in 5 seconds, attempt 1/10\n\n> "),
}  # fmt: skip


def test_every_shape_is_judged_as_a_user_would():
    told = {name: health_of("generic", screen) for name, (_, screen) in SCREENS.items()}

    assert told == {name: expected for name, (expected, _) in SCREENS.items()}


def test_answers_below_each_other_are_told_where_only_a_colour_marks_one():
    screen = "  It wants to run: make clean\n\n  Allow it?\n    Yes\n    Yes, always\n    No"

    assert health_of("generic", screen) is Health.WAITING


OF_KNOWN_KINDS = {
    "a menu that claude opened itself": ("claude", Health.WAITING, f"""
❯ go on
  ⎿  You've hit your limit · resets 5pm (UTC)

❯ /rate-limit-options
{RULER}
 What do you want to do?

 ❯ 1. Stop and wait for limit to reset
   2. Request more

 Enter to confirm · Esc to cancel"""),
    "a clock of qwen behind its hint": ("qwen", Health.OK, f"""
⠸ Thinking (esc to cancel, 3s)

{RULER}
>   Type your message or @path/to/file
{RULER}"""),
    "an allowance that is used up": ("claude", Health.STUCK, f"""
❯ go on
  ⎿  You've used all of your weekly allowance · resets Dec 4 at 9am (UTC)

{RULER}
❯
{RULER}
  ? for shortcuts"""),
    "a context that aider found full": ("aider", Health.STUCK, """
> go on
Model some/model has hit a token limit!

Input tokens: ~210,000 of 200,000 -- possibly exhausted context window!

- Use /drop to remove files.
>"""),
}  # fmt: skip


def test_screens_of_known_kinds_are_told_in_other_words():
    told = {name: health_of(kind, screen) for name, (kind, _, screen) in OF_KNOWN_KINDS.items()}

    assert told == {name: expected for name, (_, expected, _) in OF_KNOWN_KINDS.items()}


def test_what_stands_above_a_question_hides_none():
    asking = {
        name: screen for name, (health, screen) in SCREENS.items() if health is Health.WAITING
    }
    told = {
        (name, above): health_of("generic", f"\n{above}\n\n{screen.removeprefix(chr(10))}")
        for name, screen in asking.items()
        for above in ABOVE
    }

    assert {key: health for key, health in told.items() if health is not Health.WAITING} == {}
