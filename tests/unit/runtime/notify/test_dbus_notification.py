import pytest

pytest.importorskip("jeepney", reason="the extra oma-tmux[notify] is not installed")

from oma.errors import NotifyError
from oma.runtime.notify.dbus_notification import show_notification


@pytest.mark.parametrize("bus", ["unix:path=/nonexistent/bus", "nonsense", "tcp:host=127.0.0.1"])
async def test_a_bus_that_is_not_there_is_said(bus):
    with pytest.raises(NotifyError, match=r"^D-Bus: "):
        await show_notification(bus, "title", "body")
