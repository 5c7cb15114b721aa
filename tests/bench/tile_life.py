"""The life of a tiled window: twelve agents come and go at random while it is resized.

    python tests/bench/tile_life.py [--duration 120] [--seed N] [--layout grid] [--size fit]
        [--refuse]

On a private tmux server `oma tile` keeps a window. Agents start and end, panes are closed by hand
and the window is resized, in bursts; at each quiet moment the panes on screen must be exactly those
that `decide` asks for. With `--refuse` tmux refuses every now and then to make a pane. At the end
no pane and no changed size may be left. Prints each quiet moment.
"""

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import attrs
import trio

sys.path.insert(0, str(Path(__file__).parents[2]))

from oma.placement.policy import Arrangement, Policy
from tests.support.private_tmux import PrivateTmux
from tests.support.tiled_window import Life, Tiled


async def live(tmux, options, config):
    tiled = Tiled(tmux)
    tiled.open()
    life = Life(tiled, seed=options.seed, refuses=options.refuse)
    policy = attrs.evolve(Policy(), arrangement=Arrangement(options.layout))
    async with tiled.tiling("--layout", options.layout, "--config", config) as tile:
        moments = await life.pass_time(options.duration, policy, say=print)
        for session in life.living[: len(life.living) // 2]:
            tiled.end(session)
        await tile.end()
    await tiled.until(lambda: len(tiled.geometry().split("\n")) == 2, tiled.geometry)
    await tiled.sized()
    print(f"{moments} quiet moments, {life.started} agents, nothing left; {tile.errors.decode()}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--duration", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", default="vertical")
    parser.add_argument("--size", default="fit")
    parser.add_argument("--refuse", action="store_true")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp(prefix="oma-bench-")
    tmux = PrivateTmux(f"{folder}/s")
    config = Path(folder, "config.toml")
    config.write_text(f'[layout]\nsize = "{options.size}"\n')
    try:
        trio.run(live, tmux, options, config)
    finally:
        subprocess.run(tmux.argv("kill-server"), check=False, env=tmux.environment)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
