"""The way in: an address that works once, a secret that all tabs share, tokens."""

from contextlib import asynccontextmanager, suppress
from functools import partial
from urllib.parse import urlsplit

import pytest
import trio

from tests.support.oma_process import oma

pytestmark = pytest.mark.tmux


@asynccontextmanager
async def forwarded(port):
    """Give another port of this machine that leads to the one that is given, as `ssh -L` does."""

    async def pump(source, sink):
        with suppress(trio.BrokenResourceError, trio.ClosedResourceError):
            async for data in source:
                await sink.send_all(data)
            await sink.send_eof()

    async def serve(stream):
        far = await trio.open_tcp_stream("127.0.0.1", port)
        async with stream, far, trio.open_nursery() as pumps:
            pumps.start_soon(pump, stream, far)
            pumps.start_soon(pump, far, stream)

    async with trio.open_nursery() as nursery:
        (listener,) = await nursery.start(partial(trio.serve_tcp, serve, 0, host="127.0.0.1"))
        yield listener.socket.getsockname()[1]
        nursery.cancel_scope.cancel()


async def test_the_printed_address_logs_in_once(browser, web, agent):
    agent("a", "cat")
    async with web() as server:
        bytes_loaded = browser.run(
            """
            let bytes = 0;
            page.on("response", (answer) => (bytes += Number(answer.headers()["content-length"] ?? 0)));
            await enter(page, given.login);
            await page.getByRole("link", { name: /^a / }).waitFor();
            await page.getByRole("button", { name: "Start an agent (n)" }).waitFor();
            return bytes;
            """,
            login=server.login,
        )
        assert 20_000 < bytes_loaded < 120_000
        browser.fresh()
        browser.run(
            """
            await enter(page, given.login);
            await page.getByRole("alert").getByText("this address was used already").waitFor();
            await page.getByLabel("Token").waitFor();
            """,
            login=server.login,
        )


async def test_a_preview_spends_no_address_and_a_guest_sees_one_agent_until_revoked_from_the_page(
    browser, web, agent
):
    agent("a", "cat")
    agent("b", "cat")
    async with web() as server:
        browser.run(
            """
            for (const _ of [1, 2, 3]) {
              await (await context.request.get(given.login)).dispose();
              await page.goto(given.login);
            }
            await enter(page, given.login);
            await page.locator("[data-agent=oma-agent-a]").click();
            await page.getByRole("button", { name: "Share this agent by a link" }).click();
            await page.getByLabel("They may").selectOption("operator");
            await page.getByRole("button", { name: "Make the link" }).click();
            const link = await page.getByLabel("The link").inputValue();
            await page.getByRole("button", { name: "Make another link" }).click();
            const other = await another();
            const guest = await other.newPage();
            await enter(guest, link);
            await guest.locator("[data-agent=oma-agent-a]").click();
            await guest.getByRole("button", { name: "Take control" }).click();
            await guest.locator(".terminal[data-mine=true]").waitFor();
            const seen = await guest.locator("[data-agent]").count();
            const starts = await guest.getByRole("button", { name: /^Start an agent/ }).count();
            if (seen !== 1 || starts !== 0) throw new Error(`${seen} agents, ${starts} buttons`);
            await page.keyboard.press("Escape");
            await page.getByText(/^controlled by guest/).waitFor();
            let release;
            const isRead = new Promise((done) => { release = done; });
            await page.route(/(watchers|tokens)$/, (route) => isRead.then(() => route.continue()));
            await page.getByRole("button", { name: "owner, admin" }).click();
            const out = page.getByRole("button", { name: "Log out" });
            await out.waitFor();
            const place = async () => JSON.stringify(await out.boundingBox());
            const before = await place();
            release();
            await page.locator(".watchers li", { hasText: "since" }).first().waitFor();
            const revoke = page.getByRole("button", { name: /^Revoke guest-/ });
            await revoke.nth(1).waitFor();
            if ((await place()) !== before) throw new Error(`what is pressed has moved from ${before} to ${await place()}`);
            await revoke.first().scrollIntoViewIfNeeded();
            const { x, y, width, height } = await revoke.first().boundingBox();
            await page.mouse.click(x + width / 2, y + height / 2);
            await page.locator(".sayings").getByText(/^revoked guest-/).waitFor();
            await page.getByRole("button", { name: /^Revoked guest-/ }).waitFor();
            await page.mouse.click(x + width / 2, y + height / 2);
            await revoke.click(); // one is left, which the second click has not reached
            await guest.getByLabel("Token").waitFor();
            await page.getByRole("button", { name: /^Revoked guest-/ }).nth(1).waitFor();
            await other.close();

            await page.goto(given.login);
            await page.getByText("You are logged in as owner, admin.").waitFor();
            await page.getByRole("button", { name: "Stay owner" }).click();
            await page.locator("[data-agent=oma-agent-a]").waitFor();
            if (page.url().includes("code")) throw new Error(page.url());
            """,
            login=server.login,
        )


@pytest.mark.slow
async def test_the_page_works_at_the_other_end_of_a_tunnel_and_below_a_path(browser, web, agent):
    agent("a", "cat")
    async with web("--base-path", "/oma/box") as server:
        port = urlsplit(server.origin).port
        async with forwarded(port) as far_end:
            entering = partial(
                browser.run,
                """
                await enter(page, given.login);
                await page.getByText("live", { exact: true }).waitFor();
                await page.locator("[data-agent=oma-agent-a]").click();
                await page.getByRole("button", { name: "Take control" }).click();
                await page.locator(".terminal[data-mine=true]").waitFor();
                if (new URL(page.url()).pathname !== "/oma/box/") throw new Error(page.url());
                """,
                login=server.login.replace(f"127.0.0.1:{port}", f"localhost:{far_end}"),
            )
            await trio.to_thread.run_sync(entering)


async def test_every_tab_may_act_and_takes_the_keyboard_over_when_it_is_asked_to(
    browser, web, agent
):
    agent("a", "cat")
    async with web() as server:
        browser.run(
            """
            await enter(page, given.login);
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
            await enter(page, given.login);
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
            await other.locator(".watchers li").first().waitFor(); // which moves the buttons below it
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
            await enter(page, given.login);
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
