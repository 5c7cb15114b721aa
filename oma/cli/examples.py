"""Examples of every command: `--help`, the man pages and docs/command-line.md show them, and a test reads them.

Imported when help is printed, and not before.
"""

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "up": (
        ("oma up", "the dashboard in tmux; it stays when this terminal goes"),
        ("oma up fleet.toml --plan", "how the agents that are there differ from a file"),
        ("oma up fleet.toml --restart --prune", "bring them to what it says, after one question"),
    ),
    "export": (("oma export > fleet.toml", "the agents that there are, to be started again"),),
    "status": (
        ("oma status", "every agent: how it is, and why"),
        ("oma status --watch", "again whenever something changes"),
        ("oma status --format '{health:<8} {agent}'", "a line for each, after a template"),
        ("oma status --ssh box,gpu1", "the agents of two other machines"),
    ),
    "watch": (
        ("oma watch", "a line whenever the health of an agent changes"),
        ("oma watch --json --record day.jsonl", "for a program, and a recording beside it"),
    ),
    "wait": (
        ("oma wait fix-login --for waiting,idle", "until it asks something, or is done"),
        ("oma wait fix-login --for idle --timeout 600", "ten minutes at most; else exits with 1"),
        ("oma wait fix-login --for ok --appear", "also if it is not there yet"),
    ),
    "why": (
        ("oma why fix-login", "the rule, the line it rests on, what else was seen"),
        (
            "oma why fix-login --recording day.jsonl --at 90",
            "the same of second 90 of a recording",
        ),
        ("oma why --pane %12", "why a pane was made, kept or closed"),
    ),
    "serve": (
        ("oma serve", "one watch for everything else of oma, until interrupted"),
        ("oma serve --install", "have the system start it at login"),
        ("oma serve --metrics 9464", "for Prometheus, too"),
    ),
    "publish": (
        ("oma publish redis://localhost", "an engine on this machine, or at the end of a tunnel"),
        ("oma publish rediss://box@fleet.example", "with TLS; the password is OMA_FLEET_PASSWORD"),
    ),
    "fleet": (
        (
            "oma fleet record logs --fleet redis://localhost",
            "of each machine that publishes its log",
        ),
        ("oma fleet token box", "let a machine publish: the line for users.acl, and a password"),
    ),
    "events": (
        ("oma events --json", "what is known now, as records"),
        ("oma events --follow --json", "and every record as it comes"),
    ),
    "history": (
        ("oma history", "the recordings that oma serve keeps"),
        ('oma replay "$(oma history --last)"', "show the newest"),
    ),
    "record": (
        ("oma record -o day.jsonl.zst", "until interrupted, compressed"),
        ("oma record -o - --duration 60 | gzip > minute.gz", "a minute, through a pipe"),
    ),
    "digest": (
        ("oma digest --since 8h", "who worked, waited, failed and finished today"),
        ("oma digest --since last", "since you last looked"),
        ("oma digest --recording day.jsonl", "of a recording"),
    ),
    "stats": (
        ("oma stats --since 7d", "a week by day and agent"),
        ("oma stats --html week.html", "a page with time lines"),
    ),
    "replay": (
        ("oma replay day.jsonl", "in the dashboard, with a time line"),
        ("oma replay day.jsonl --json", "its transitions, as fast as possible"),
        ("ssh box oma record -o - | oma replay -", "what happens on another machine, live"),
    ),
    "convert": (
        ("oma convert day.jsonl fix.cast --agent fix-login", "an asciicast of one agent"),
        ("oma convert raw.ctl raw.jsonl", "a recording of a transcript of control mode"),
    ),
    "score": (("oma score day.jsonl --truth day.json", "how right, how late"),),
    "notify": (
        ("oma notify test", "one message on each channel in use"),
        ("oma notify", "tell until interrupted; oma serve does so, too"),
        ("oma notify --recording day.jsonl", "what would have been sent"),
        ("oma notify log", "what was sent, and what failed"),
    ),
    "tmux": (
        ("oma tmux install --dry-run", "what would be set in your tmux"),
        ("oma tmux install --next N", "with another key for oma next"),
        ("oma tmux uninstall", "take all of it away again"),
    ),
    "new": (
        ("oma new fix-login -- claude", "in a tmux session of its own, in this directory"),
        ("oma new fix-login --worktree -- claude", "in a git worktree and a branch of its own"),
        ("oma new review --profile codex --cwd ~/src/app", "by the command of a profile"),
    ),
    "stop": (
        ("oma stop fix-login", "ask it to end for five seconds, then make it"),
        ("oma stop fix-login --timeout 60", "leave it a minute"),
    ),
    "kill": (("oma kill fix-login", "at once"),),
    "rm": (
        ("oma rm fix-login", "end it, remove its worktree and branch if nothing would be lost"),
        ("oma rm fix-login --keep", "end it alone"),
    ),
    "diff": (
        ("oma diff fix-login", "all that it changed, in your pager"),
        ("oma diff fix-login -- --stat", "with arguments of git diff"),
    ),
    "rename": (
        ("oma rename work:3.1 parser", "a name that stays"),
        ("oma rename parser ''", "take it away again"),
    ),
    "restart": (
        ("oma restart fix-login", "go on with its last session"),
        ("oma restart fix-login --fresh", "begin anew"),
    ),
    "restore": (
        ("oma restore --list", "which agents went with their tmux server"),
        ("oma restore", "start them again, after one question"),
    ),
    "resume": (("oma resume fix-login", "the conversation that it held at last"),),
    "fork": (("oma fork fix-login other-way", "a second agent with a copy of the conversation"),),
    "send": (
        ('oma send fix-login "Run the tests."', "with Enter"),
        ("oma send fix-login --file next.md", "a text of many lines"),
        ('oma send --filter health:idle "Sum up."', "to all that rest, after one question"),
    ),
    "queue": (
        ('oma queue fix-login "Now write the tests."', "when it rests at its prompt"),
        ("oma queue fix-login", "what is queued"),
        ("oma queue fix-login --remove 2", "all but the second"),
    ),
    "answer": (
        ("oma answer fix-login", "what it asks, and its options"),
        ("oma answer fix-login 1", "the first"),
        ("oma answer --ask", "who has waited longest; a key answers"),
    ),
    "attach": (("oma attach fix-login", "prefix d comes back"),),
    "jump": (("oma jump fix-login", "its own window and pane, in the tmux that you are in"),),
    "next": (
        ("oma next", "to who has waited longest"),
        ("oma next --print", "only say who that is"),
    ),
    "tile": (
        ("oma tile", "until Ctrl-C; the window is then as it was"),
        ("oma tile -d --layout grid", "in the background, until oma untile"),
        ("oma tile --explain", "what would be done, and why"),
    ),
    "untile": (("oma untile", "the window is as it was before"),),
    "pane": (
        ("oma pane --title tests -- pytest -q", "beside this pane"),
        ("oma pane -d -- tail -f log", "without going there"),
    ),
    "web": (
        ("oma web --open", "serve the page, and show it"),
        ("oma web --ssh box,gpu1", "the agents of two other machines"),
        ("oma web link --role operator --qr", "a login for a phone"),
        ("oma web tokens add ann --role viewer --expires 7d", "let somebody look"),
    ),
    "demo": (
        ("oma demo", "six agents of every health, on a tmux server of its own"),
        ("oma demo --record demo.jsonl --duration 20", "and keep it"),
    ),
    "bench": (("oma bench --quick", "a minute"),),
    "doctor": (
        ("oma doctor", "what is to be mended (BAD), or to be known (warn)"),
        ("oma doctor --fleet redis://localhost", "also of an engine, and who publishes there"),
    ),
    "profiles": (
        ("oma profiles", "all kinds of agents that are known"),
        ("oma profiles claude > ~/.config/oma/profiles/claude.toml", "a copy to change"),
        ("oma profiles check ~/.config/oma/profiles/claude.toml", "is its form right?"),
        ("oma profiles draft --recording new.jsonl", "propose one for an unknown agent"),
    ),
    "report-wrong": (
        ("oma report-wrong fix-login --was ok", "what is on its screen, masked"),
        (
            "oma report-wrong fix-login --recording day.jsonl --at 5025 --was ok",
            "the minute before second 5025",
        ),
    ),
    "report": (
        ('oma report blocked --kind question --message "Which port?"', "in the agent's pane"),
        ("oma report --from-hook claude", "what claude's hooks run"),
    ),
    "hooks": (
        ("oma hooks install claude", "what would change"),
        ("oma hooks install claude --yes", "change it, with a backup"),
        ("oma hooks uninstall claude --yes", "as it was before"),
    ),
    "config": (("oma config", "every option as it is in force"),),
    "completion": (
        ('oma completion zsh > "${fpath[1]}/_oma"', "for zsh"),
        ("oma completion fish > ~/.config/fish/completions/oma.fish", "for fish"),
    ),
    "help": (("oma help wait", "as oma wait --help"),),
}
"""Command → some of its command lines, and what each does."""


def examples_text(name: str) -> str:
    """Return the examples of a command for the end of its help; empty for what has none."""
    told = EXAMPLES.get(name, ())
    lines = [f"  {line}\n        {about}\n" for line, about in told]
    return "".join(["examples:\n", *lines]) if told else ""
