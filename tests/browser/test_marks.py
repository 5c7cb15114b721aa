"""Several agents at once: marked, asked about by name, and done; put off until they change; all seen at a glance."""

import shlex

import pytest

from tests.browser.pages import OPEN

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

ASKS = r"""
printf '● Bash(ls)\n\n Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel\n'
read -r -n 1 answer
printf '\033[2J\033[Hwent on\n'
cat
"""

CARDS = """
const card = (name) => page.locator(`[data-agent=oma-agent-${name}]`);
const item = (name) => page.getByRole("listitem").filter({ has: card(name) });
const bar = page.getByRole("group", { name: "All that is marked" });
"""


async def test_what_is_marked_is_asked_about_once_by_name_and_who_refuses_is_named(
    browser, web, agent, tmux, tmp_path
):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)
    agent("asks", f"bash -c 'exec -a claude bash {shlex.quote(str(script))}'")
    for name in ("a", "b", "other"):
        agent(name, "cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            CARDS
            + """
            await page.locator("[data-agent=oma-agent-asks][data-health=waiting]").waitFor();
            await item("a").hover();
            await page.getByRole("checkbox", { name: "Mark a", exact: true }).check();
            await bar.getByText("1 marked").waitFor();
            await page.getByRole("checkbox", { name: "Mark b", exact: true }).check();
            await page.getByRole("checkbox", { name: "Mark asks", exact: true }).check();
            await bar.getByText("3 marked").waitFor();
            await bar.getByRole("button", { name: "Send…" }).click();
            const asked = page.getByRole("dialog", { name: "Send to all of these" });
            const names = asked.getByRole("list", { name: "Agents" }).getByRole("listitem");
            await names.nth(2).waitFor();
            if ((await names.count()) !== 3) throw new Error(`${await names.allInnerTexts()}`);
            await page.getByLabel("Message to all of them").fill("echoed");
            await asked.getByRole("button", { name: "Send to all 3" }).click();
            await page.getByText("sent to 2 agents").waitFor();
            await page.locator(".sayings").getByText(/^asks: /).waitFor();
            await page.keyboard.press("Escape");
            await asked.waitFor({ state: "detached" });
            await page.keyboard.press("Escape");
            await bar.waitFor({ state: "detached" });

            await page.keyboard.press("v");
            await page.keyboard.press("v");
            await page.getByRole("button", { name: "Previews (v)" }).waitFor();
            await card("a").locator(".preview").getByText("echoed").waitFor();
            await card("asks").locator(".preview").getByText("Do you want to proceed?").waitFor();
            if (await card("other").locator(".preview").getByText("echoed").count()) throw new Error("sent to another");

            await page.keyboard.press("/");
            await page.keyboard.type("oma-agent-a");
            await page.keyboard.press("Enter");
            await card("b").waitFor({ state: "detached" });
            await page.keyboard.press("A");
            await bar.getByText("2 marked").waitFor();
            await page.getByRole("checkbox", { name: "Mark asks", exact: true }).uncheck();
            await page.keyboard.press("x");
            const stop = page.getByRole("dialog", { name: "Stop all of these?" });
            await stop.getByRole("listitem").getByText("a", { exact: true }).waitFor();
            await stop.getByRole("button", { name: "Stop one agent" }).click();
            await page.getByText("stopped one agent").waitFor();
            await bar.waitFor({ state: "detached" });
            """
        )
        sessions = tmux.run("list-sessions", "-F", "#{session_name}").split()
    assert "oma-agent-a" not in sessions
    assert {"oma-agent-b", "oma-agent-asks", "oma-agent-other"} <= set(sessions)


async def test_who_is_put_off_stands_last_until_something_else_is_asked(
    browser, web, agent, tmux, tmp_path
):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)
    agent("asks", f"bash -c 'exec -a claude bash {shlex.quote(str(script))}'")
    agent("other", "cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            CARDS
            + """
            await page.locator("[data-agent=oma-agent-asks][data-health=waiting]").waitFor();
            await page.getByRole("button", { name: "Inbox: 1 need you (i)" }).waitFor();
            await page.keyboard.press("u");
            await page.keyboard.press("z");
            const later = page.getByRole("region", { name: "Later" });
            await later.locator("[data-agent=oma-agent-asks]").waitFor();
            await page.getByRole("button", { name: "Inbox: 0 need you (i)" }).waitFor();
            await page.reload();
            await later.locator("[data-agent=oma-agent-asks]").waitFor();
            """
        )

        tmux.run("send-keys", "-t", "=oma-agent-asks:", "1")

        browser.run(
            """
            await page.getByRole("region", { name: "Working" }).locator("[data-agent=oma-agent-asks]").waitFor();
            await page.getByRole("region", { name: "Later" }).waitFor({ state: "detached" });
            """
        )
