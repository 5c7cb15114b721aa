"""The way in: an address that works once, a secret that all tabs share, tokens."""

import pytest

from tests.support.oma_process import oma

pytestmark = pytest.mark.tmux


async def test_the_printed_address_logs_in_once(browser, web, agent):
    agent("a", "cat")
    async with web() as server:
        browser.run(
            """
            await page.goto(given.login);
            await page.getByRole("link", { name: /^a:/ }).waitFor();
            await page.getByRole("button", { name: "Start an agent (n)" }).waitFor();
            """,
            login=server.login,
        )
        browser.fresh()
        browser.run(
            """
            const answer = await page.goto(given.login);
            if (answer.status() !== 401) throw new Error(`a second login: ${answer.status()}`);
            """,
            login=server.login,
        )


async def test_every_tab_may_act_and_takes_the_keyboard_over_when_it_is_asked_to(
    browser, web, agent
):
    agent("a", "cat")
    async with web() as server:
        browser.run(
            """
            await page.goto(given.login);
            await page.locator("[data-agent=oma-agent-a]").click();
            await page.getByRole("button", { name: "Take control" }).click();
            await page.locator(".terminal[data-mine=true]").waitFor();
            const other = await context.newPage();
            await other.goto(page.url());
            await other.getByText("controlled from another tab of yours").waitFor();
            await other.getByLabel("Message to a").fill("from the other tab");
            await other.getByRole("button", { name: "Send" }).click();
            await other.getByRole("button", { name: /^sent to/ }).waitFor();
            await page.locator(".terminal[data-mine=true]").waitFor();
            await other.getByRole("button", { name: "Take over" }).click();
            await other.locator(".terminal[data-mine=true]").waitFor();
            await page.getByText("controlled from another tab of yours").waitFor();
            """,
            login=server.login,
        )


async def test_a_login_in_one_tab_is_that_of_all(browser, web, agent):
    agent("a", "cat")
    async with web() as server:
        made = await oma("web", "tokens", "add", "kim", **server.environment)
        assert made.returncode == 0, made
        browser.run(
            """
            await page.goto(given.login);
            await page.locator("[data-agent=oma-agent-a]").waitFor();
            const other = await context.newPage();
            await other.goto(given.origin);
            await other.getByRole("button", { name: /, admin$/ }).click();
            await other.getByLabel("Token").fill(given.token);
            await other.getByRole("button", { name: "Log in" }).click();
            await other.getByRole("button", { name: "kim, viewer" }).waitFor();
            await page.getByRole("button", { name: "kim, viewer" }).waitFor();
            const start = page.getByRole("button", { name: "Start an agent (n)" });
            await start.waitFor({ state: "detached" });

            await other.getByRole("button", { name: "kim, viewer" }).click();
            await other.getByRole("button", { name: "Log out" }).click();
            await page.getByLabel("Token").waitFor();
            await other.getByLabel("Token").waitFor();
            """,
            login=server.login,
            origin=server.origin,
            token=made.stdout.decode().split()[-1],
        )


async def test_a_page_of_another_port_sees_no_secret(browser, web, agent):
    agent("a", "cat")
    async with web() as server, web() as stranger:
        browser.run(
            """
            await page.goto(given.login);
            await page.locator("[data-agent=oma-agent-a]").waitFor();
            const known = await page.evaluate(() => localStorage.getItem("oma.secret"));
            const other = await context.newPage();
            await other.goto(given.stranger);
            const seen = await other.evaluate(() => localStorage.getItem("oma.secret"));
            if (known === null || seen !== null) throw new Error(`${known} ${seen}`);
            """,
            login=server.login,
            stranger=stranger.origin,
        )


async def test_a_guest_sees_the_one_agent_of_the_link_and_starts_none(browser, web, agent):
    agent("a", "cat")
    agent("b", "cat")
    async with web() as server:
        browser.run(
            """
            await page.goto(given.login);
            await page.locator("[data-agent=oma-agent-a]").click();
            await page.getByRole("button", { name: "Share this agent by a link" }).click();
            await page.getByLabel("They may").selectOption("operator");
            await page.getByRole("button", { name: "Make the link" }).click();
            const link = await page.getByLabel("The link").inputValue();
            const other = await browser.newContext();
            const guest = await other.newPage();
            await guest.goto(link);
            await guest.locator("[data-agent=oma-agent-a]").click();
            await guest.getByRole("button", { name: "Take control" }).click();
            await guest.locator(".terminal[data-mine=true]").waitFor();
            const seen = await guest.locator("[data-agent]").count();
            const starts = await guest.getByRole("button", { name: /^Start an agent/ }).count();
            await page.keyboard.press("Escape");
            await page.getByText(/^controlled by guest/).waitFor();
            await other.close();
            if (seen !== 1 || starts !== 0) throw new Error(`${seen} agents, ${starts} buttons`);
            """,
            login=server.login,
        )
