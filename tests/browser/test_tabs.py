"""Many tabs of one browser: they share one stream of the server, however the browser can."""

import pytest

from tests.browser.pages import OPEN

pytestmark = pytest.mark.tmux

WAYS = {
    "a shared worker": ("", 20),
    # More than a browser has connections for; the rest is as above.
    "the tab that holds a lock": ("delete window.SharedWorker;", 8),
}


@pytest.mark.parametrize(("without", "tabs"), WAYS.values(), ids=WAYS)
async def test_many_tabs_all_live_any_of_them_may_act_and_the_first_may_be_closed(
    browser, web, agent, without, tabs
):
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
            tabs=tabs,
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
            await page.close(); // it had the streams, where no worker has them
            """
        )

        agent("c", "cat")

        browser.run(
            """
            const left = globalThis.tabs.slice(1);
            await Promise.all(left.map((tab) => tab.locator("[data-agent=oma-agent-c]").waitFor()));
            await left[0].getByText("live", { exact: true }).waitFor();
            """
        )
