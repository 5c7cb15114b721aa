"""Agents in whatever pane they run: found, named, kept apart, and lost with nothing but their pane."""

import json
import shlex
import sys

import pytest
import trio

from oma.model.events import CheckoutSeen
from oma.model.ids import PaneId
from tests.support.fleet_play import empty
from tests.support.oma_process import oma, running_oma
from tests.support.patience import PATIENCE_S, look_until
from tests.support.recorded import events, records, until

pytestmark = pytest.mark.tmux

QUICK = """
[discovery]
linger = 0.3
"""

RESTS = r"❯ \n  ? for shortcuts\n"
ASKS = r"Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel · Tab to amend\n"
WORKS = r"✻ Thinking… (3s · esc to interrupt)\n\n❯ \n  esc to interrupt\n"
CODEX = r"› 1. Yes, proceed (y)\n  2. No\n\n  Press enter to confirm or esc to cancel\n"


def agent(screen, command="claude", title=""):
    """A program of that name which has painted a screen."""
    paint = f"printf '\\033]0;{title}\\007{screen}'"
    return f'bash -c "{paint}; exec -a {command} sleep 1000"'


def add(tmux, where, command, *split):
    """Add a pane, and return its id."""
    how = ("split-window", "-h") if split else ("new-window",)
    return tmux.run(*how, "-d", "-t", where, "-P", "-F", "#{pane_id}", command).strip()


def open_shell(tmux):
    """A session `work` of one shell, in a directory that gives no agent its name."""
    size = ("-x", "80", "-y", "24")
    tmux.run("new-session", "-d", "-s", "work", "-c", "/", *size, "bash --norc --noprofile")


@pytest.fixture
def work(tmux):
    """One session, four windows of two panes; four of the eight are agents.

    The first session is another one: there the server client attaches, and some tmux die with that.
    """
    tmux.run("new-session", "-d", "-s", "keep", "-x", "80", "-y", "24", "cat")
    tmux.run("new-session", "-d", "-s", "work", "-n", "plan", "-x", "160", "-y", "40", "cat")
    panes = {"rests": add(tmux, "work:0", agent(RESTS), "split")}
    for number, name in enumerate(("build", "review", "misc"), start=1):
        tmux.run("new-window", "-d", "-t", f"work:{number}", "-n", name, "cat")
    panes["asks"] = add(tmux, "work:1", agent(ASKS), "split")
    panes["codex"] = add(tmux, "work:2", agent(CODEX, "codex"), "split")
    panes["works"] = add(tmux, "work:3", agent(WORKS, title="⠂ Fix the parser"), "split")
    add(tmux, "work:0", "while :; do echo SECRET-$((40+2)); sleep 0.1; done", "split")
    return panes


def clients(tmux):
    """How many there are."""
    return len(tmux.run("list-clients", "-F", "x").split())


async def listed(tmux, *options):
    """The agents that one look shows, by their panes."""
    done = await oma("-S", tmux.socket_path, *options, "status", "--json")
    assert done.returncode == 0, done.stderr
    return {found["pane"]: found for found in json.loads(done.stdout)["agents"]}


async def listed_once(tmux, wanted):
    """As `listed`, once it shows these panes: a program needs a moment to be what it will be."""
    with trio.fail_after(PATIENCE_S):
        while (found := await listed(tmux)).keys() != set(wanted):
            pass
    return found


REPORTS = """
import subprocess, sys, time
subprocess.run([sys.executable, "-m", "oma", "report", "idle", "--app", "claude"])
time.sleep(1000)
"""


async def test_an_agent_that_nothing_but_its_own_report_tells_of_is_found(tmux):
    open_shell(tmux)
    reports = add(tmux, "work:0", shlex.join((sys.executable, "-c", REPORTS)), "split")

    await listed_once(tmux, [reports])
    done = await oma("-S", tmux.socket_path, "why", "--json", reports)

    assert json.loads(done.stdout)["recognised"] == {"way": "report", "evidence": "claude"}


async def test_each_agent_of_one_session_is_listed_on_its_own(work, tmux):
    found = await listed_once(tmux, work.values())

    healths = {name: found[pane]["health"] for name, pane in work.items()}
    assert healths == {"rests": "idle", "asks": "waiting", "codex": "waiting", "works": "ok"}
    assert {found[work["codex"]]["profile"], found[work["asks"]]["profile"]} == {"codex", "claude"}
    names = [each["agent"] for each in found.values()]
    assert len(set(names)) == 4
    assert not set(names) & {"claude", "codex", "work"}
    assert await listed(tmux, "--only-own") == {}


async def test_moving_panes_loses_and_doubles_nothing_live_and_in_replay(work, tmux, tmp_path):
    recording = tmp_path / "f.jsonl"
    tmux.run("new-session", "-d", "-s", "other", "-x", "160", "-y", "40", "cat")
    await listed_once(tmux, work.values())
    async with running_oma(
        "-S", tmux.socket_path, "watch", "--json", "--record", recording
    ) as watch:
        for _ in work:
            await watch.transition(from_=None)
        tmux.run("break-pane", "-d", "-s", work["rests"])
        await listed_once(tmux, work.values())
        tmux.run("join-pane", "-d", "-s", work["asks"], "-t", "other:")
        await listed_once(tmux, work.values())
        tmux.run("swap-pane", "-d", "-s", work["codex"], "-t", work["works"])
        tmux.run("move-window", "-d", "-s", "work:3", "-t", "other:9")
        await listed_once(tmux, work.values())
        tmux.run("link-window", "-d", "-s", "work:2", "-t", "other:8")
        tmux.run("kill-session", "-t", "work")
        living = [
            pane
            for pane in work.values()
            if pane in tmux.run("list-panes", "-a", "-F", "#{pane_id}")
        ]
        found = await listed_once(tmux, living)
        end = add(tmux, "other:", agent(RESTS, title="✳ The end"))
        await watch.transition(from_=None)
        assert await watch.end() == 130

    again = await oma("replay", recording, "--json")
    assert watch.lines == again.stdout.decode().splitlines()
    told = [json.loads(line) for line in watch.lines]
    assert len([one for one in told if one["from"] is None]) == len(work) + 1
    exited = [one["id"] for one in told if one["to"] == "exited"]
    # None is told as such and lives on.
    assert len(set(exited)) == len(exited) == len(work) - len(found)
    assert end not in found


async def test_repositories_and_branches_are_told_live_and_in_a_replay(tmux, tmp_path):
    recording, panes = tmp_path / "f.jsonl", []
    for name, branch in (("app", "fix"), ("lib", "next")):
        place = tmp_path / name / "src"
        place.mkdir(parents=True)
        (tmp_path / name / ".git").mkdir()
        (tmp_path / name / ".git" / "HEAD").write_text(f"ref: refs/heads/{branch}\n")
        how = ("new-session", "-d", "-s", f"in-{name}", "-x", "80", "-y", "24", "-P")
        pane = tmux.run(*how, "-F", "#{pane_id}", "-c", place, agent(RESTS))
        panes.append((PaneId(pane.strip()), str(tmp_path / name), branch))

    found = await listed_once(tmux, [pane for pane, _, _ in panes])
    assert [(pane, found[pane]["project"], found[pane]["branch"]) for pane, _, _ in panes] == panes
    assert {found[pane]["agent"] for pane, _, _ in panes} == {"fix", "next"}
    async with running_oma("-S", tmux.socket_path, "watch", "--record", recording) as watch:
        await until(lambda: len(events(recording, CheckoutSeen)) == len(panes))
        await watch.end()

    fleet = empty().fleet
    for record in records(recording):
        fleet.advance(record.t)
        fleet.fold(record)
    agents = fleet.snapshot().agents
    assert [(each.pane, each.project, each.branch) for each in agents] == panes
    assert {each.name for each in agents} == {"fix", "next"}


async def test_a_recording_holds_nothing_of_panes_that_are_no_agents(work, tmux, tmp_path):
    recording = tmp_path / "f.jsonl"
    await listed_once(tmux, work.values())
    async with running_oma(
        "-S", tmux.socket_path, "watch", "--json", "--record", recording
    ) as watch:
        for _ in work:
            await watch.transition(from_=None)
        late = add(tmux, "work:", agent(ASKS, title="✳ Late"))
        await watch.transition(from_=None, to="waiting")
        await watch.end()

    said = recording.read_bytes()
    assert b"SECRET-42" not in said
    assert f'"pane":"{late}"'.encode() in said


async def test_panes_without_agents_cost_no_client(tmux):
    tmux.run("new-session", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    for _ in range(5):
        add(tmux, "work:", "cat")
    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        pane = add(tmux, "work:", agent(RESTS, title="✳ One"))
        await watch.transition(to="idle")
        with_agent = clients(tmux)
        tmux.run("kill-pane", "-t", pane)
        await watch.transition(to="exited")
        assert await look_until(lambda: clients(tmux) == 1)
        await watch.end()

    assert with_agent == 2  # that of the server, and that of the session
    assert tmux.run("list-panes", "-a", "-F", "x").count("x") == 6


async def test_an_agent_is_found_when_it_starts_and_leaves_the_list_after_it_ended(tmux, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(QUICK)
    open_shell(tmux)
    options = ("-S", tmux.socket_path, "--config", config, "watch", "--json")
    async with running_oma(*options) as watch:
        for _ in range(2):
            tmux.run("send-keys", "-t", "work:", f"({agent(RESTS)})", "Enter")
            first = await watch.transition(to="idle")
            assert first["agent"] == "work"
            tmux.run("send-keys", "-t", "work:", "C-c")
            await watch.transition(to="exited", reason="shell-back")
            assert await look_until(lambda: clients(tmux) == 1)
        await watch.end()


async def test_an_agent_is_found_in_a_pane_whose_shell_was_started_anew(tmux):
    open_shell(tmux)
    tmux.run("set-option", "-g", "automatic-rename", "off")  # nor does its name tell
    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        assert await look_until(lambda: clients(tmux) == 1)
        tmux.run("respawn-pane", "-k", "-t", "work:")
        tmux.run("send-keys", "-t", "work:", f"({agent(RESTS)})", "Enter")
        await watch.transition(to="idle")
        await watch.end()


async def test_an_agent_below_a_wrapper_is_found_and_seen_to_end(tmux):
    open_shell(tmux)
    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        wrapper = "bash -c '(exec -a /opt/codex-0.131.0/bin/.codex-wrapped sleep 1000); true'"
        tmux.run("send-keys", "-t", "work:", wrapper, "Enter")
        await watch.transition(agent="work")
        tmux.run("send-keys", "-t", "work:", "C-c")
        await watch.transition(agent="work", to="exited")
        await watch.end()


@pytest.mark.parametrize("way", ["place", "pane", "task"])
async def test_an_agent_that_is_not_there_yet_is_waited_for_by_whatever_names_it(tmux, way):
    tmux.run("new-session", "-d", "-s", "keep", "-x", "80", "-y", "24", "cat")
    pane = add(tmux, "keep:1", "bash --norc --noprofile")
    name = {"place": "keep:1.0", "pane": pane, "task": "Fix a/b"}[way]
    waits = ("wait", name, "--appear", "--for", "idle", "--json", "--timeout", PATIENCE_S)
    async with running_oma("-S", tmux.socket_path, *waits) as waiting:
        tmux.run("send-keys", "-t", pane, f"({agent(RESTS, title='✳ Fix a/b')})", "Enter")
        told = await waiting.transition(id=pane)

    assert (told["to"], told["place"]) == ("idle", "keep:1.0")


@pytest.mark.parametrize("way", ["behind a background job", "below a program"])
async def test_a_run_that_nobody_looks_at_works_until_it_ends_whatever_it_prints(tmux, way):
    run = "import time; print('Error: 500. Do you want to proceed?', flush=True); time.sleep(1000)"
    line = ["bash", "-c", f"exec -a claude {sys.executable} -c {shlex.quote(run)} -p go"]
    wrapped = f"import subprocess; subprocess.run({line!r})"
    typed = {
        # It ends with the shell, which passes no hang-up on to it where the server is killed.
        "behind a background job": f"tail --pid=$$ -f /dev/null & {shlex.join(line)}",
        "below a program": shlex.join([sys.executable, "-c", wrapped]),
    }[way]
    tmux.run("new-session", "-d", "-s", "keep", "-x", "80", "-y", "24", "cat")
    tmux.run("new-session", "-d", "-s", "a", "-x", "200", "-y", "24", "bash --norc -i")
    pane = tmux.run("list-panes", "-t", "a", "-F", "#{pane_id}").strip()
    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        tmux.run("send-keys", "-t", pane, "-l", typed)
        tmux.run("send-keys", "-t", pane, "Enter")
        told = await watch.transition(id=pane, from_=None)
        assert told["to"] == "ok"
        done = await oma("-S", tmux.socket_path, "why", pane, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["rule"] == "claude/headless"
        tmux.run("send-keys", "-t", pane, "C-c")
        told = await watch.transition(id=pane, from_="ok")
        assert told["to"] == "exited"


async def test_an_agent_that_only_its_screen_tells_of_is_found(tmux):
    screen = CODEX.replace("'", "")
    tmux.run("new-session", "-d", "-s", "far", "-x", "80", "-y", "24", agent(screen, "ssh"))

    (found,) = (await listed_once(tmux, ["%0"])).values()

    assert (found["profile"], found["health"]) == ("codex", "waiting")


async def test_a_second_agent_in_an_own_session_is_an_agent_of_its_own(tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-1", "-x", "160", "-y", "40", agent(RESTS))
    second = add(tmux, "oma-agent-1:", agent(ASKS, title="✳ Mate"), "split")
    add(tmux, "oma-agent-1:", "cat", "split")

    found = await listed_once(tmux, ["%0", second])

    assert found["%0"]["agent"] == "oma-agent-1"
    assert found[second]["agent"].startswith("oma-agent-1:0.")
    assert (found["%0"]["health"], found[second]["health"]) == ("idle", "waiting")


@pytest.mark.parametrize("way", ["place", "pane", "title", "prefix"])
async def test_each_name_of_an_agent_finds_it(work, tmux, way):
    found = await listed_once(tmux, work.values())
    pane = work["works"]
    place = tmux.run(
        "display-message", "-p", "-t", pane, "#{session_name}:#{window_index}.#{pane_index}"
    ).strip()
    name = {"place": place, "pane": pane, "title": "Fix the parser", "prefix": "Fix the"}[way]

    told = await oma("-S", tmux.socket_path, "why", name, "--json")

    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["agent"] == found[pane]["agent"]


async def test_a_name_that_the_user_gave_is_the_name(work, tmux):
    await listed_once(tmux, work.values())
    tmux.run("set-option", "-p", "-t", work["asks"], "@oma_name", "the builder")

    assert (await listed(tmux))[work["asks"]]["agent"] == "the builder"


@pytest.fixture
async def below_a_shell(tmux):
    """An agent that the user started from a shell; its name and its pane's process."""
    open_shell(tmux)
    tmux.run("send-keys", "-t", "work:", f"({agent(RESTS)})", "Enter")
    ((_, found),) = (await listed_once(tmux, ["%0"])).items()
    return found["agent"], lambda: tmux.run(
        "list-panes", "-a", "-F", "#{pane_id} #{pane_pid} #{pane_current_command}"
    ).split()


@pytest.mark.parametrize(
    ("act", "said"),
    [(["stop"], "work has ended"), (["kill"], "killed work")],
    ids=["stop", "kill"],
)
async def test_an_end_is_the_agents_and_not_the_shells(tmux, below_a_shell, act, said):
    name, panes = below_a_shell
    before = panes()

    done = await oma("-S", tmux.socket_path, *act, name)

    assert done.stdout.decode().strip() == said, done.stderr
    assert await look_until(lambda: panes() == [*before[:2], "bash"])


async def test_a_restart_is_typed_into_the_shell_that_the_agent_was_started_from(
    tmux, below_a_shell
):
    name, panes = below_a_shell
    before = panes()

    done = await oma("-S", tmux.socket_path, "restart", name)

    assert (
        done.stdout.decode().strip()
        == f"restarted {name}: claude --continue (latest of the directory)"
    ), done.stderr
    shown = lambda: tmux.run("capture-pane", "-p", "-t", "work:")  # noqa: E731
    assert await look_until(lambda: "claude --continue" in shown())
    assert panes()[:2] == before[:2]


async def test_killing_an_agent_that_has_a_pane_closes_that_and_nothing_else(work, tmux):
    await listed_once(tmux, work.values())
    count = tmux.run("list-panes", "-a", "-F", "x").count("x")

    done = await oma("-S", tmux.socket_path, "kill", work["asks"])

    assert done.returncode == 0, done.stderr
    assert tmux.run("list-panes", "-a", "-F", "x").count("x") == count - 1
    assert set(await listed(tmux)) == set(work.values()) - {work["asks"]}


async def test_killing_an_agent_ends_no_other_one_and_no_session_of_the_users(tmux):
    tmux.run("new-session", "-d", "-s", "keep", "-x", "80", "-y", "24", "cat")
    tmux.run("new-session", "-d", "-s", "oma-agent-team", "-x", "160", "-y", "24", agent(RESTS))
    tmux.run("new-session", "-d", "-s", "mine", "-x", "80", "-y", "24", agent(RESTS))
    other = add(tmux, "oma-agent-team:", agent(RESTS), "split")
    (mine,) = tmux.run("list-panes", "-t", "mine", "-F", "#{pane_id}").split()
    team = tmux.run("list-panes", "-t", "oma-agent-team", "-F", "#{pane_id}").split()
    (lead,) = set(team) - {other}
    await listed_once(tmux, [lead, other, mine])

    for name in ("team", "mine"):
        done = await oma("-S", tmux.socket_path, "kill", name)
        assert done.returncode == 0, done.stderr

    await listed_once(tmux, [other])
    assert tmux.run("list-sessions", "-F", "#{session_name}").split() == [
        "keep",
        "mine",
        "oma-agent-team",
    ]


async def test_an_agent_is_renamed_while_its_pane_lives(work, tmux):
    await listed_once(tmux, work.values())

    done = await oma("-S", tmux.socket_path, "rename", work["codex"], "the reviewer")
    assert done.returncode == 0, done.stderr
    assert (await listed(tmux))[work["codex"]]["agent"] == "the reviewer"

    again = await oma("-S", tmux.socket_path, "rename", "the rev", "")
    assert again.returncode == 0, again.stderr
    assert (await listed(tmux))[work["codex"]]["agent"] != "the reviewer"
