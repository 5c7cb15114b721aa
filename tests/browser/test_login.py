"""The way in: an address that works once, a secret for one tab, tokens for the others."""

import pytest

from tests.oma_process import oma

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


async def test_another_tab_may_look_and_a_token_makes_it_more(browser, web, agent):
    agent("a", "cat")
    async with web() as server:
        made = await oma(
            *("web", "tokens", "add", "kim", "--role", "operator"), **server.environment
        )
        assert made.returncode == 0, made
        browser.run(
            """
            await page.goto(given.login);
            await page.getByRole("link", { name: /^a:/ }).waitFor();
            const other = await context.newPage();
            await other.goto(given.origin);
            await other.getByRole("link", { name: /^a:/ }).waitFor();
            const start = other.getByRole("button", { name: "Start an agent (n)" });
            if (await start.count() !== 0) throw new Error("a tab without a secret may act");
            await other.getByRole("button", { name: /, admin$/ }).click();
            await other.getByLabel("Token").fill(given.token);
            await other.getByRole("button", { name: "Log in" }).click();
            await start.waitFor();
            """,
            login=server.login,
            origin=server.origin,
            token=made.stdout.decode().split()[-1],
        )


async def test_a_tab_whose_login_was_replaced_goes_on_as_a_reader(browser, web, agent):
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
            await page.locator("[data-agent=oma-agent-a]").click();
            await page.getByText("This tab shows the screen as text.").waitFor();
            await page.getByRole("button", { name: "kim, viewer" }).waitFor();
            """,
            login=server.login,
            origin=server.origin,
            token=made.stdout.decode().split()[-1],
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
