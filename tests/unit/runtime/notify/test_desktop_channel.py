from pathlib import Path

import pytest

from oma.errors import NotifyError
from oma.notify.message import Message
from oma.runtime.notify.desktop_channel import DesktopChannel, desktop_program, session_bus


def test_the_session_bus_is_where_the_environment_says_or_in_the_runtime_directory(tmp_path):
    runtime = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/b"} | runtime) == "unix:path=/b"
    assert session_bus(runtime) is None
    assert session_bus({}) is None
    (tmp_path / "bus").touch()
    assert session_bus(runtime) == f"unix:path={tmp_path}/bus"


@pytest.fixture
def having(tmp_path):
    def make(*names):
        for name in names:
            (tmp_path / name).write_text("#!/bin/sh\n")
            (tmp_path / name).chmod(0o755)
        return str(tmp_path)

    return make


HOSTILE = Message("news", "-x <b> asks you", "-h <b>&", "{}")


def test_notify_send_gets_texts_behind_its_options_and_no_markup(having):
    argv = desktop_program(HOSTILE, having("notify-send", "osascript"))

    assert Path(argv[0]).name == "notify-send"
    assert argv[1:] == ("--app-name=oma", "--", "-x <b> asks you", "-h &lt;b&gt;&amp;")


def test_macos_gets_texts_as_arguments_that_are_no_options(having):
    argv = desktop_program(HOSTILE, having("osascript"))
    assert Path(argv[0]).name == "osascript"
    assert argv[-2:] == ("oma: -x <b> asks you", " -h <b>&")
    assert not any("<b>" in word for word in argv[:-2])

    assert desktop_program(HOSTILE, having("terminal-notifier"))[1:] == (
        "-title",
        "oma: -x <b> asks you",
        "-message",
        " -h <b>&",
    )


def test_a_body_that_is_empty_is_a_blank(having):
    assert desktop_program(Message("news", "t", "", "{}"), having("osascript"))[-1] == " "


async def test_the_program_is_run(having, message):
    path = having("notify-send")

    assert await DesktopChannel({"PATH": path}).send(message) == f"{path}/notify-send"


async def test_without_a_desktop_it_fails(having, message):
    with pytest.raises(NotifyError, match="nothing here shows notifications"):
        await DesktopChannel({"PATH": having()}).send(message)
