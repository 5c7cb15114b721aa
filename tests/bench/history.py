"""How fast a day of the past opens: the history of 20 busy agents, made of recordings of real agents.

    python tests/bench/history.py [--hours 24] [--agents 20] [--tries 5] [--slower 5]

An hour is put together from `fixtures/recordings/real`, each agent playing one over and over, and is folded as
`oma serve` folds it; the others repeat it: far more changes than work makes, one of each agent every seven
seconds, unless the recordings are played slower. Prints how large it is, and how long `oma digest`, `oma stats`, the dashboard to the time line of the
past in it, and the digest in the dashboard (`D`; both from the start of the process) take (wall and CPU time), beside a Python that imports the event
loop and nothing else.
"""

import argparse
import heapq
import json
import os
import re
import select
import shutil
import signal
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from first_frame import drain, run, started, wait_for_service
from private_server import private_server

from oma.config.profiles import load_profiles
from oma.detection.thresholds import Thresholds
from oma.model.events import PaneOutput
from oma.recording.files import RecordingFile, open_recording
from oma.recording.recording_format import (
    VERSION,
    Header,
    decode_record,
    encode_header,
    encode_record,
)
from oma.recording.segments import segment_name
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.runtime.service.history_directory import changes_path, history_name
from oma.runtime.service.service_address import service_address
from oma.screen.emulator import Screen
from oma.summary.change_lines import encode_began, encode_change, encode_ended
from oma.summary.health_changes import read_changes

REAL = Path(__file__).parents[2] / "fixtures" / "recordings" / "real"
HOUR_S = 3600.0
PATIENCE_S = 60
ROWS, COLUMNS = 50, 120
PAST = (r"^ last \d+[hdm].* now$", b"D")
"""The ruler of the time line, and the key for the digest."""
DIGEST = (r"waits in all", b"")
_KIND = re.compile(r"[a-z]+")
_ID = re.compile(r'"([%$@])(\d+)"')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--tries", type=int, default=5)
    parser.add_argument("--slower", type=float, default=1.0)
    options = parser.parse_args()
    with private_server() as server:
        server.environ |= {
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            "XDG_STATE_HOME": str(server.folder / "state"),
            "XDG_RUNTIME_DIR": str(server.folder),
        }
        server.tmux("new-session", "-d", "-s", "oma-agent-0", "echo hello; exec sleep 86400")
        made = make_history(server, options)
        print(f"{options.hours} h of {options.agents} agents: {made}")
        oma = [sys.executable, "-m", "oma", "-S", str(server.socket)]
        timed = {
            "with trio": lambda: run([sys.executable, "-c", "import trio"], server.environ),
            "oma digest": lambda: run([*oma, "digest"], server.environ),
            "oma digest --since 2h": lambda: run(
                [*oma, "digest", "--since", "2h"], server.environ
            ),
            "oma stats": lambda: run([*oma, "stats"], server.environ),
            "dashboard, past": lambda: shown_ms(oma, server.environ, PAST),
            "dashboard, D": lambda: shown_ms(oma, server.environ, PAST, DIGEST),
        }
        report(timed, options.tries)
        with server.oma("serve", stderr=-3):
            wait_for_service(server)
            time.sleep(6)  # it knows its agents by then
            print("served")
            shown = {name: timed[name] for name in ("dashboard, past", "dashboard, D")}
            report(shown, options.tries)


def report(timed, tries):
    times = {name: [] for name in timed}
    for turn in range(tries + 1):
        for name, measure in timed.items():
            wall_ms, cpu_ms = measure()
            if turn:  # the first one writes the byte code, and sums up what changed
                times[name].append(wall_ms)
                times.setdefault(f"{name}, CPU", []).append(cpu_ms)
    print(f"load {os.getloadavg()[0]:.1f}")
    for name, found in times.items():
        print(
            f"{name:>28}: min {min(found):5.0f}  median {statistics.median(found):5.0f}  "
            f"max {max(found):5.0f} ms of {len(found)}"
        )


def make_history(server, options):
    """Write the recordings and what changed in them; return their size in words."""
    socket = service_address(server.socket, server.environ).socket
    folder = Path(server.environ["XDG_STATE_HOME"], "oma", "history")
    folder.mkdir(parents=True)
    began = datetime.now(UTC) - timedelta(hours=options.hours)
    profiles, _ = load_profiles(None)
    definitions = {each.name: each.definition for each in profiles}
    header = Header(VERSION, began.isoformat(), "3.3a", "bench", {}, definitions)
    fleet = Fleet(Rules(profiles, Thresholds()))

    def path(hour):
        name = segment_name(history_name(socket), (began + timedelta(hours=hour)).timestamp())
        return folder / name

    with RecordingFile.create(path(0)) as file:
        file.write(encode_header(header))

        def noted():
            for number, record in enumerate(an_hour(options.agents, options.slower), 1):
                file.write(encode_record(record.__class__(number, record.t, record.event)))
                if number % 100 == 0:
                    file.flush()  # as a service does every second
                yield record

        log = read_changes(header.started_at, noted(), fleet)
    for hour in range(options.hours):
        if hour:
            shutil.copyfile(path(0), path(hour))
        shift = timedelta(hours=hour)
        lines = [
            encode_began(began + shift),
            *(
                encode_change(each.__class__(each.at + shift, *_rest(each)))
                for each in log.changes
            ),
            encode_ended(began + shift + timedelta(hours=1)),
        ]
        changes_path(path(hour)).write_bytes(b"".join(lines))
    recorded = path(0).stat().st_size / 1e6
    changed = changes_path(path(0)).stat().st_size / 1e6
    return (
        f"{recorded:.1f} MB an hour and {changed:.2f} MB of {len(log.changes)} changes; "
        f"{options.hours * (recorded + changed):.0f} MB in all"
    )


def _rest(change):
    return (
        getattr(change, name) for name in change.__slots__ if name not in ("at", "__weakref__")
    )


def an_hour(agents, slower=1.0):
    """Return the records of an hour in which every agent plays a recording over and over."""
    names = sorted(REAL.glob("*.jsonl.zst"))
    played = (
        _playing(path, number, slower) for number, path in enumerate(islice(cycle(names), agents))
    )
    return heapq.merge(*played, key=lambda record: record.t)


def _playing(path, number, slower):
    with open_recording(path) as reader:
        told = [_renamed(record, number, _KIND.match(path.name)[0]) for record in reader]
    printed = [record for record in told if isinstance(record.event, PaneOutput)]
    yield from told[: told.index(printed[0])]  # how it begins; it never ends
    length_s, start_s = slower * (printed[-1].t + 1), 0.0
    while True:
        for record in printed:
            t = start_s + slower * record.t
            if t >= HOUR_S:
                return
            yield record.__class__(0, round(t, 6), record.event)
        start_s += length_s


def _renamed(record, number, kind):
    """Return the record as of another agent: ids and names are those of `number`, its program that of `kind`."""
    line = _ID.sub(
        lambda found: f'"{found[1]}{100 * number + int(found[2])}"', encode_record(record).decode()
    )
    told = json.loads(line)
    if told["type"] == "session-opened":
        told["name"] = f"oma-agent-{number}"
    elif told["type"] == "pane-seen":
        told["command"] = kind
    return decode_record(json.dumps(told).encode())


def shown_ms(oma, environ, *steps):
    """Start the dashboard, wait for each mark and press the key behind it; return wall and CPU time until the last."""
    for looked in Path(environ["XDG_STATE_HOME"], "oma", "history").glob("*.looked"):
        looked.unlink()  # the digest is of all
    began_s = time.monotonic()
    pid, terminal = started(oma, environ, ROWS, COLUMNS)
    screen = Screen(COLUMNS, ROWS)  # only cells that change are painted
    for mark, key in steps:
        await_line(screen, terminal, mark)
        taken_ms = 1000 * (time.monotonic() - began_s)
        os.write(terminal, key)
    os.kill(pid, signal.SIGTERM)
    drain(terminal, time.monotonic() + 10)
    _, _, usage = os.wait4(pid, 0)
    os.close(terminal)
    return taken_ms, 1000 * (usage.ru_utime + usage.ru_stime)


def await_line(screen, terminal, mark):
    end_s = time.monotonic() + PATIENCE_S
    while not any(re.search(mark, line) for line in screen.lines()):
        if time.monotonic() > end_s:
            shown = "\n".join(screen.lines())
            raise SystemExit(f"{mark!r} was not shown within {PATIENCE_S} s:\n{shown}")
        if select.select([terminal], [], [], 1)[0]:
            screen.feed(os.read(terminal, 65536))


if __name__ == "__main__":
    main()
