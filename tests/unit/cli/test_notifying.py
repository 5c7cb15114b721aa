"""Which channels the configuration names, and the task that tells."""

import importlib.util
import os
from datetime import datetime, timedelta

import attrs
import pytest
import trio
import trio.testing

from oma.cli.cli_context import read_context
from oma.cli.notifying import channel_of, local_time_of, notify, notify_beside, notify_log
from oma.cli.option_values import GlobalOptions
from oma.config.notify_section import CHANNELS, NotifySection
from oma.errors import ConfigError, OmaError
from oma.model.wall_time import Sleep
from oma.runtime.clock import start_clock
from oma.runtime.notify.program_channel import ProgramChannel
from oma.runtime.notify.told_file import told_file
from oma.store.store import Store
from tests.support.fleet_play import empty


def context_of(**options):
    context = read_context(GlobalOptions(socket_path="/s"))
    config = attrs.evolve(context.config, notify=NotifySection(**options))
    return attrs.evolve(context, config=config)


def has_extra():
    return importlib.util.find_spec("httpx") is not None


@pytest.mark.parametrize("name", CHANNELS)
def test_every_channel_of_the_configuration_is_one(name):
    if name == "webhook" and not has_extra():
        pytest.skip("the extra oma-tmux[notify] is not installed")
    assert channel_of(name, context_of(command=("cat",))).name == name


def test_a_command_that_is_not_named_is_refused():
    with pytest.raises(ConfigError, match="command names no program"):
        channel_of("command", context_of())


def test_without_the_extra_a_webhook_is_refused(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(ConfigError, match=r"oma-tmux\[notify\]"):
        channel_of("webhook", context_of())


def test_a_sound_gets_no_document():
    channel = channel_of("sound", context_of(sound=("play", "x")))

    assert channel == ProgramChannel("sound", ("play", "x"), gets_document=False)


def test_the_log_is_in_the_state_directory():
    assert str(notify_log({"HOME": "/h"}).path) == "/h/.local/state/oma/notify.jsonl"
    with pytest.raises(ConfigError, match="XDG_STATE_HOME"):
        notify_log({})


@attrs.define
class Monitor:
    server_pid: int = 1


@attrs.define
class Live:
    """As much of a run as the task takes."""

    store: Store
    clock: object
    monitor: Monitor = attrs.Factory(Monitor)


def live():
    clock = start_clock()
    return Live(Store(empty().fleet, clock.now_s), clock)


async def test_it_ends_with_the_log(home, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    run = live()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(notify, context_of(), run)
        await trio.testing.wait_all_tasks_blocked()
        run.store.close()


async def test_without_channels_it_does_nothing():
    await notify(context_of(channels=()), live())


async def test_a_service_goes_on_where_another_process_tells(home, monkeypatch, capsys):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    context = context_of()
    with told_file(context.socket, os.environ).held():
        with pytest.raises(OmaError, match="another oma"):
            await notify(context, live())
        await notify_beside(context, live())

    assert capsys.readouterr().err == (
        "oma: no notifications: another oma sends notifications for this tmux server\n"
    )


async def test_the_time_of_day_goes_on_while_the_machine_sleeps():
    clock = start_clock()
    clock.sleeps = (Sleep(10.0, 3600.0),)
    began = datetime.fromisoformat(clock.started_at)

    assert local_time_of(clock)(5.0) == began + timedelta(seconds=5)
    assert local_time_of(clock)(10.0) == began + timedelta(seconds=3610)
    assert local_time_of(clock)(10.0).tzinfo is not None
