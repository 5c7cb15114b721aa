"""Who publishes, and where."""

import pytest
import trio

from oma.cli import publishing
from oma.cli.publishing import publish_task, publishing_of
from oma.config.fleet_section import FleetSection
from oma.errors import ConfigError, OmaError


def test_the_command_line_names_the_host_then_the_configuration_then_the_machine(monkeypatch):
    monkeypatch.setattr(publishing, "host_name", lambda: "machine")
    url = "redis://localhost"
    assert publishing_of(url, "box", FleetSection(name="ours")).host == "box"
    assert publishing_of(url, None, FleetSection(name="ours")).host == "ours"
    assert publishing_of(url, None, FleetSection()).host == "machine"
    with pytest.raises(ConfigError, match="a host is called by letters"):
        publishing_of(url, "a/b", FleetSection())


def test_a_service_publishes_where_the_configuration_says_so():
    assert publish_task(FleetSection()) is None
    made = publish_task(FleetSection(publish="redis://localhost", name="box"))
    assert (made.host, made.address.words) == ("box", "redis://localhost")


async def test_a_service_goes_on_where_the_name_is_taken(monkeypatch, capsys):
    async def publish(self, context, live):
        await trio.lowlevel.checkpoint()
        raise OmaError("another machine has the name")

    monkeypatch.setattr(publishing.Publishing, "publish", publish)
    made = publish_task(FleetSection(publish="redis://localhost"))
    await made.publish_beside(None, None)
    assert capsys.readouterr().err == "oma: not published: another machine has the name\n"
