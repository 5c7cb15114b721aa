from oma.web.auth.roles import Role
from tests.unit.web.terminal.pages import page, terminals_of


async def test_a_page_is_greeted_shown_the_screen_and_told_who_watches(web, autojump_clock):
    web.agent(1, text=b"text\n")
    terminals_of(web)
    async with page(web, web.login(Role.VIEWER)) as tab:
        hello = await tab.told("hello")
        assert (hello["controlled_by"], hello["may_write"]) == (None, False)
        await tab.told("snapshot")
        assert (await tab.told("viewers"))["names"] == ["ann"]
        async with page(web, web.login(name="bob")) as other:
            assert (await other.told("hello"))["may_write"] is True
            assert (await tab.told("viewers"))["names"] == ["ann", "bob"]
            other.leaves()
            assert (await tab.told("viewers"))["names"] == ["ann"]


async def test_what_is_not_there_or_not_for_them_is_refused_with_a_code(web, autojump_clock):
    web.agent(1)
    web.agent(2)
    terminals_of(web)
    for agent, login in (("9", web.login()), ("2", web.login(agent="oma-agent-1"))):
        async with page(web, login, agent) as tab:
            assert "no agent" in (await tab.told("refused"))["words"]
            assert await tab.closed() == 4404


async def test_a_server_without_terminals_says_so(web, autojump_clock):
    web.agent(1)
    async with page(web, web.login()) as tab:
        await tab.told("refused")
        assert await tab.closed() == 4404


async def test_another_protocol_is_not_spoken(web, autojump_clock):
    web.agent(1)
    terminals_of(web)
    async with page(web, web.login(), protocols=("oma.v9",)) as tab:
        assert await tab.closed() == 1008
        assert tab.sent[0]["type"] == "websocket.close"


async def test_the_ninth_terminal_is_refused(web, autojump_clock):
    web.agent(1)
    terminals = terminals_of(web)
    login = web.login()
    pages = [page(web, login) for _ in range(8)]
    for each in pages:
        tab = await each.__aenter__()
        await tab.told("hello")
    async with page(web, login) as tab:
        assert "limit" in (await tab.told("refused"))["words"]
        assert await tab.closed() == 4429
    assert len(terminals._open) == 1
    for each in reversed(pages):
        await each.__aexit__(None, None, None)


async def test_what_has_scrolled_away_is_told_as_text_to_who_may_see_the_agent(web):
    web.agent(1)
    assert (await web.get("/api/agents/1/scrollback", web.login())).status == 404  # no terminals
    terminals_of(web).history.captured = "\x1b[31mone\x1b[0m\ntwo\n"

    told = await web.get("/api/agents/1/scrollback", web.login(Role.VIEWER))
    guest = web.login(Role.VIEWER, agent="oma-agent-2")

    assert told.json["lines"] == ["one", "two"]
    assert web.audited[-1]["event"] == "scrollback"
    assert (await web.get("/api/agents/1/scrollback", guest)).status == 404
