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
