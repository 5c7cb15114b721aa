"""What each command line of the documents does: all that are not named here end with 0, by themselves.

A key is a line, or its first words where several begin so; the longest that fits counts.
"""

import attrs

from tests.support.tls_files import HAS_OPENSSL


@attrs.frozen
class Run:
    """How a line is run, and what it does then.

    Args:
        code: Its exit code.
        says: What it prints, among other things.
        lasts: It runs until it is interrupted, which is done when it has said that.
        leave: In a terminal of its own, outside of tmux: keys that end it when it has said that.
        before: A line that is run before it.
        more: Words that are added to it.
        typed: What it reads.
        asks: The agent asks something.
    """

    code: int = 0
    says: str = ""
    lasts: bool = False
    leave: tuple[str, ...] = ()
    before: str = ""
    more: str = ""
    typed: str = ""
    asks: bool = False


def _lasts(says: str, code: int = 130, **changes: object) -> Run:
    return Run(code=code, says=says, lasts=True, **changes)  # type: ignore[arg-type]


def _shows(says: str, *leave: str, **changes: object) -> Run:
    return Run(says=says, leave=leave or ("q",), **changes)  # type: ignore[arg-type]


DETACH = ("C-b", "d")
GONE = "no agents are gone"
END = "rm -rf ~/app-worktrees; git worktree prune; tmux kill-session -t =oma-agent-fix-login; "
LOOKS = "tmux switch-client -c $(tmux list-clients -F '#{client_tty}') -t =work:0"
"""The user at the other terminal looks at the pane that the lines are run in."""
SERVED = "/login?code="

RUNS = {
    "diff": Run(code=1, says="> "),
    "oma": _shows("fix-login"),
    "oma --web": _shows("http://127.0.0.1:", more="--web-port 0"),
    "oma answer --ask": _shows("Yes", "1", asks=True),
    "oma answer fix-login 1": Run(asks=True),
    "oma answer fix-login": Run(says="rm -rf build", asks=True),
    "oma attach": _shows("? for shortcuts", *DETACH),
    "oma convert": Run(before="rm -f *.cast raw.jsonl"),
    "oma events --follow": _lasts("oma-agent-fix-login"),
    "oma jump": Run(before=LOOKS),
    "oma kill": Run(says="killed"),
    "oma new box": Run(before="tmux kill-session -t =oma-agent-box"),
    "oma new fix-login --worktree": Run(before=END, says="made branch fix-login"),
    "oma new fix-login -- claude": Run(before=END, says="oma-agent-fix-login"),
    "oma new review": Run(before="tmux kill-session -t =oma-agent-review"),
    "oma next --print": Run(says="oma-agent-fix-login", asks=True),
    "oma next": Run(asks=True, before=LOOKS),
    "oma notify --recording": Run(),
    "oma notify log": Run(),
    "oma notify test": Run(says="tmux: sent", before=LOOKS),
    "oma notify": _lasts("until interrupted"),
    "oma pane --title log": Run(before="oma untile"),
    "ssh box oma record": _lasts("fix-login"),
    "oma profiles test": Run(code=1, says="told right, less than 95 %"),
    "oma record -o -": _lasts("", code=0),
    "oma record": _lasts("", code=0, before="rm -f day.jsonl.zst bug.jsonl.zst new.jsonl my-agent.jsonl"),
    "oma rename parser": Run(before="oma rename work:3.1 parser"),
    "oma report --from-hook": Run(says="not reported"),
    "oma restore": Run(code=1, says=GONE),
    "oma resume": Run(code=1, says="still runs"),
    "oma rm fix-login --keep": Run(says="nothing was removed"),
    "oma rm fix-login": Run(says="removed worktree", before=END + "oma new fix-login --worktree -- claude"),
    "oma send --filter group:night": Run(typed="y", before="oma new n --group night -- claude"),
    "oma send --filter health:idle": Run(typed="y", says="sent"),
    "oma serve --install": Run(says="oma-serve.service"),
    "oma serve --metrics": _lasts("/metrics", more="--metrics 0"),
    "oma serve": _lasts(""),
    "oma status --watch": _lasts("fix-login"),
    "oma stop": Run(says="has ended"),
    "oma tile --explain": Run(),
    "oma tile --filter": _lasts(""),
    "oma tile": _lasts("spawn"),
    "oma up fleet.toml --restart": Run(says="fix-login"),
    "oma wait fix-login --for ok --appear": _lasts(""),
    "oma watch --json --record day.jsonl": _lasts("fix-login", before="rm day.jsonl"),
    "oma watch": _lasts("fix-login"),
    "oma web link": Run(code=2, says="no 'oma web' of yours runs"),
    "oma web tokens revoke ann": Run(before="oma web tokens add ann"),
    "oma web tokens add ann": Run(before="oma web tokens revoke ann"),
    "oma web tokens": Run(),
    "oma web": _lasts(SERVED, more="--port 0"),
    "oma web --unix": _lasts(SERVED),
    "oma web --host": _lasts(SERVED, more="--port 0") if HAS_OPENSSL else Run(code=2),
    "oma why --pane": Run(code=1, says="nothing is known of a pane %12"),
}  # fmt: skip

ENGINE = "an engine on this machine may be somebody's; with one of its own: tests/integration/test_published.py"
AWAY = (
    "reaches a host that does not exist; with one that does: tests/integration/test_published.py"
)
CHECK = "a check of this repository, which .ci/run makes"
SERVER = "asks the server that the reader has; tests/integration/test_web.py asks one"
INSTALLS = "installs packages; those of .ci/run are as ./run setup has them"
NOT_RUN = (
    dict.fromkeys(
        (
            "ruff check && ruff format --check",
            "mypy",
            "lint-imports",
            "./run test",
            "./run test -m slow",
            ".venv/bin/python -m pytest -q -n 4 --dist worksteal",
            "cd oma/web/ui && npm ci --ignore-scripts && npm run build",
            "(cd oma/web/ui && npm run check && npm test)",
            "(cd oma/web/ui && npm run types)",
            ".ci/command_pages.py",
            ".ci/json_pages.py",
            ".ci/site [DIRECTORY]",
            ".ci/run",
            "COVERAGE_PROCESS_START=pyproject.toml pytest -q -n 2 tests/unit/tmux && coverage combine -q && coverage report",
        ),
        CHECK,
    )
    | dict.fromkeys(
        (
            "uv tool install '.[notify,web]'",
            "uv tool install '.[fleet]'",
            "uv tool install '.[web]'",
            "uv tool install '.[web,push]'",
            "./run setup && . .venv/bin/activate",
            "sudo apt-get update && sudo apt-get install tmux python3-venv",
            "python3 -m venv .venv",
            ".venv/bin/pip install -e '.[dev]'",
        ),
        INSTALLS,
    )
    | {
        "./run demo": "installs packages; tests/integration/test_run.py does so with stand-ins",
        ".venv/bin/oma demo": "works for seconds; tests/integration/test_demo.py",
        "./run pictures": "writes docs/demo.svg; tests/test_project_rules.py makes it",
        'docker run -d --init --name box -v "$PWD":/src -w /src IMAGE sleep infinity': "IMAGE is the reader's",
        'curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8420/api/agents': SERVER,
        'curl -N -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8420/api/events': SERVER,
        "oma up": "starts two interpreters; tests/integration/test_dashboard_endings.py",
        "oma bench --quick": "measures for a minute; tests/integration/test_bench.py",
        "oma demo": "works for seconds; tests/integration/test_demo.py",
        "oma demo --record demo.jsonl --duration 20": "works for seconds; tests/integration/test_demo.py",
        'oma completion zsh > "${fpath[1]}/_oma"': "for zsh; tests/integration/test_completion.py",
        "oma tile -d --layout grid": "starts an interpreter; tests/integration/test_tile.py",
        "oma tile --once": "starts what shows panes; tests/integration/test_tile.py",
        "oma --ssh .,box": "starts interpreters; tests/integration/test_hosts.py",
        "oma --hosts": "starts interpreters; tests/integration/test_hosts.py",
        "oma status --ssh .,box": "starts an interpreter; tests/integration/test_hosts.py",
        "oma next --hosts": "as oma next; tests/unit/cli/test_hosts_next.py",
        "oma publish redis://localhost": ENGINE,
        "oma publish rediss://box@fleet.example": AWAY,
        "oma fleet record logs --fleet redis://localhost": ENGINE,
        "oma doctor --fleet redis://localhost": ENGINE,
        "oma --fleet rediss://viewer@fleet.example": AWAY,
    }
)
"""Lines that are not run, and why, or by which test."""
