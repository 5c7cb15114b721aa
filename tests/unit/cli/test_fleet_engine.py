"""The engine that a command line names."""

import importlib.util
import subprocess
import sys

import pytest
import trio

from oma.cli import fleet_engine
from oma.cli.fleet_engine import address_of, engine_at, following_engine, look_at_engine
from oma.errors import ConfigError
from tests.support.fake_engine import FakeEngine


def test_without_the_extra_that_is_one_line(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"pip install 'oma-tmux\[fleet\]'"):
        address_of("redis://localhost")


def test_it_is_imported_when_one_is_named_and_not_before():
    code = "import sys, oma.cli.fleet_engine, oma.cli.hosts_watch, oma.cli.publishing; print('coredis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"
    address = address_of("redis://localhost")
    assert engine_at(address).words == "redis://localhost"


async def test_hosts_are_followed_while_a_block_runs(monkeypatch, autojump_clock):
    engine = FakeEngine()
    monkeypatch.setattr(fleet_engine, "engine_at", lambda _: engine)
    address = address_of("redis://localhost")

    async with following_engine(address, trio.current_time) as hosts:
        await trio.sleep(0.1)
        assert hosts.engine_link.is_live
    assert (await look_at_engine(address)).engine_link.is_live
    engine.go_down()
    assert (await look_at_engine(address)).engine_link.words == "it is down"
