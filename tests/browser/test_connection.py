"""Connections that break, die without a word, or end with the server: the page says so, and goes on."""

import pytest

from tests.browser.pages import OPEN
from tests.support.free_port import free_port

pytestmark = pytest.mark.tmux

PROXY = """
const net = await import("node:net");
const pipes = new Set();
const proxy = net.createServer((near) => {
  const far = net.connect(globalThis.target, "127.0.0.1");
  for (const [one, other] of [[near, far], [far, near]]) {
    pipes.add(one);
    one.pipe(other);
    one.on("error", () => other.destroy());
    one.on("close", () => { pipes.delete(one); other.destroy(); });
  }
});
globalThis.cut = () => pipes.forEach((pipe) => pipe.destroy());
globalThis.stall = () => pipes.forEach((pipe) => pipe.unpipe().pause());
await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
return proxy.address().port;
"""
"""A proxy before the server that the test can shut: `target` is the server's port, 0 for none.

`cut` ends all connections, and `stall` lets them die without a word, as a machine that sleeps does.
"""


async def test_a_connection_that_breaks_is_said_and_comes_back_by_itself_and_after_a_sleep_at_once(
    browser, web, agent, tmux
):
    agent("a", "cat")
    port = free_port()
    origin = f"http://127.0.0.1:{browser.run(PROXY)}"
    async with web("--port", port, "--origin", origin) as server:
        assert server.origin == origin
        browser.run(f"globalThis.target = given.port; {OPEN}", port=port, login=server.login)
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-a]").click();
            await page.locator(".terminal[data-state=open]").waitFor();
            globalThis.port = globalThis.target;
            globalThis.target = 1;
            globalThis.cut();
            await page.getByText("Connection lost: what you see is old.").waitFor();
            await page.locator(".terminal[data-state=lost]").waitFor();
            """
        )

        agent("b", "cat")

        browser.run(
            """
            globalThis.target = globalThis.port;
            await page.locator("[data-agent=oma-agent-b]").waitFor();
            await page.locator(".terminal[data-state=open]").waitFor();
            await page.getByText("Connection lost").waitFor({ state: "detached" });
            globalThis.stall();
            """
        )

        agent("c", "cat")

        browser.run(
            """
            // An hour has passed at once; what was begun just now is not given up for it.
            const slept = page.evaluate(async () => {
              const real = Date.now;
              let hours = 0;
              Date.now = () => real() + hours * 3_600_000;
              while (document.querySelector("[data-agent=oma-agent-c]") === null) {
                hours += 1;
                await new Promise((soon) => setTimeout(soon, 1500));
              }
            });
            await page.locator("[data-agent=oma-agent-c]").waitFor();
            await slept;
            await page.locator(".terminal[data-state=open]").waitFor();
            const age = page.locator("[data-agent=oma-agent-c] time");
            await age.filter({ hasText: /^(now|\\d+s|[1-9]m)$/ }).waitFor();

            globalThis.phone = await context.newCDPSession(page);
            await globalThis.phone.send("Page.setWebLifecycleState", { state: "frozen" });
            """
        )

        agent("d", "cat")

        browser.run(
            """
            await globalThis.phone.send("Page.setWebLifecycleState", { state: "active" });
            await page.locator("[data-agent=oma-agent-d]").waitFor();
            """
        )


async def test_a_page_goes_on_and_may_act_after_a_restart_of_the_server(browser, web, agent):
    agent("a", "cat")
    port = free_port()  # which nobody else gets while no server has it
    async with web("--port", port) as server:
        browser.run(OPEN, login=server.login)
        browser.run('await page.locator("[data-agent=oma-agent-a]").waitFor();')
    browser.run('await page.getByText("Connection lost: what you see is old.").waitFor();')
    async with web("--port", port):
        browser.run(
            """
            await page.getByText("Connection lost").waitFor({ state: "detached" });
            await page.locator("[data-agent=oma-agent-a]").click();
            await page.getByLabel("Message to a").fill("still here");
            await page.getByRole("button", { name: "Send" }).click();
            await page.getByRole("tab", { name: /^Logs/ }).click();
            await page.getByRole("log").getByText("still here").first().waitFor();
            """
        )
