"""Many tabs of one browser: they share one stream of the server, however the browser can."""

import pytest

from tests.browser.pages import OPEN

pytestmark = pytest.mark.tmux

TABS = 20

WAYS = {
    "a shared worker": "",
    "the tab that holds a lock": "delete window.SharedWorker;",
}


@pytest.mark.parametrize("without", WAYS.values(), ids=WAYS)
async def test_twenty_tabs_all_live_and_any_of_them_may_act(browser, web, agent, without):
    agent("a", "cat")
    async with web() as server:
        browser.run("await context.addInitScript(given.without);", without=without)
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            globalThis.tabs = [page];
            for (let count = 1; count < given.tabs; count += 1) {
              const tab = await context.newPage();
              await tab.goto(`${given.origin}/#/agents/oma-agent-a/logs`);
              globalThis.tabs.push(tab);
            }
            await Promise.all(globalThis.tabs.map((tab) => tab.getByText("live", { exact: true }).waitFor()));
            """,
            tabs=TABS,
            origin=server.origin,
        )

        agent("b", "cat")

        browser.run(
            """
            await Promise.all(globalThis.tabs.map((tab) => tab.locator("[data-agent=oma-agent-b]").waitFor()));
            const last = globalThis.tabs.at(-1);
            await last.bringToFront();
            await last.getByLabel("Message to a").fill("from the last tab");
            await last.getByRole("button", { name: "Send" }).click();
            await last.getByRole("log").getByText("from the last tab").first().waitFor();
            """
        )


@pytest.mark.parametrize("without", WAYS.values(), ids=WAYS)
async def test_tabs_go_on_when_the_one_that_came_first_is_closed(browser, web, agent, without):
    agent("a", "cat")
    async with web() as server:
        browser.run("await context.addInitScript(given.without);", without=without)
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            const other = await context.newPage();
            await other.goto(given.origin);
            await other.locator("[data-agent=oma-agent-a]").waitFor();
            await page.close();
            globalThis.other = other;
            """,
            origin=server.origin,
        )

        agent("b", "cat")

        browser.run(
            """
            await globalThis.other.locator("[data-agent=oma-agent-b]").waitFor();
            await globalThis.other.getByText("live", { exact: true }).waitFor();
            """
        )
