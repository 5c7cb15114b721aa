"""Feed mutations of real input to every reader of hostile input: only its own error may leave it.

    python tests/bench/fuzz.py [TARGET ...] [--runs N] [--seed N]
    python tests/bench/fuzz.py TARGET --guided [--runs N]

The second form is guided by coverage and needs `atheris`. The first input that breaks a promise is
written to `fuzz-TARGET.bin`. `fuzz_screen.py` does the same for the emulator.
"""

import argparse
import random
import sys
import time
from pathlib import Path

import psutil

from tests.support.fuzzing import MOST_BYTES, TARGETS, mutated

MOST_GROWN_BYTES = 64 << 20
"""What the process may grow by after its first executions."""


def _play(name, runs, seed):
    source, target, process = random.Random(f"{seed} {name}"), TARGETS[name], psutil.Process()
    refused, before_bytes, most_bytes, slowest_s = 0, 0, 0, 0.0
    began_s = time.perf_counter()
    for number in range(runs):
        if number == runs // 10:
            before_bytes = most_bytes = process.memory_info().rss
        data = mutated(source, target)
        started_s = time.perf_counter()
        try:
            refused += target.execute(data)
        except BaseException:
            Path(f"fuzz-{name}.bin").write_bytes(data)
            raise
        slowest_s = max(slowest_s, time.perf_counter() - started_s)
        if number % 1000 == 0:
            most_bytes = max(most_bytes, process.memory_info().rss)
    took_s = time.perf_counter() - began_s
    grown_bytes = max(0, most_bytes - before_bytes)
    print(
        f"{name:<11} {runs:>8} runs  {100 * refused / runs:3.0f} % refused  "
        f"{runs / took_s:>7.0f}/s  slowest {slowest_s * 1000:.0f} ms  "
        f"grew by {grown_bytes / (1 << 20):.1f} MB",
        flush=True,
    )
    return grown_bytes


def _guided(name, runs):
    import atheris

    target = TARGETS[name]
    corpus = Path(f"fuzz-{name}-corpus")
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed[:MOST_BYTES])
    atheris.instrument_all()
    options = [sys.argv[0], f"-max_len={MOST_BYTES}", f"-runs={runs}", str(corpus)]
    atheris.Setup(options, target.execute)
    atheris.Fuzz()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--runs", type=int, default=2_000_000, help="of all targets together")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--guided", action="store_true")
    options = parser.parse_args()
    names = options.targets or list(TARGETS)
    if options.guided:
        _guided(names[0], options.runs)
        return 0
    print(f"seed {options.seed}, {options.runs} runs", flush=True)
    whole = sum(TARGETS[name].share for name in names)
    grown = [
        _play(name, max(10, options.runs * TARGETS[name].share // whole), options.seed)
        for name in names
    ]
    return int(max(grown) > MOST_GROWN_BYTES)


if __name__ == "__main__":
    sys.exit(main())
