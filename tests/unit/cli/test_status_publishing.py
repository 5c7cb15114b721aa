import attrs

from oma.cli import status_publishing
from oma.cli.status_publishing import publish_status


@attrs.frozen
class Has:
    server: object = "server"
    store: object = "store"


async def test_the_task_of_the_service_shows_its_store_on_its_server(monkeypatch):
    made = []

    class Publisher:
        def __init__(self, *given):
            made.append(given)

        async def run(self):
            made.append("run")

    monkeypatch.setattr(status_publishing, "StatusPublisher", Publisher)
    await publish_status(Has(), Has())

    assert made == [("server", "store"), "run"]
