from oma.runtime.client.pane_list import list_panes
from oma.tmux.address import ServerAddress
from tests.support.wire_events import listed

SERVER = ServerAddress(socket_name="x")


async def test_every_pane_of_the_server_is_listed_and_none_without_a_server(tmux):
    tmux.says("list-panes", "".join(listed(pane=pane) + "\n" for pane in ("%1", "%2", "%3")))
    assert [row.pane for row in await list_panes(SERVER)] == ["%1", "%2", "%3"]

    tmux.says("list-panes", status=1, complaint="no server running")
    assert await list_panes(SERVER) == ()
