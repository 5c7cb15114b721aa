"""What axe finds wrong with the page for those who do not see it, or use no mouse: nothing."""

import pytest

from tests.browser.conftest import UI
from tests.browser.pages import OPEN

AXE = UI / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = [
    pytest.mark.tmux,
    pytest.mark.slow,
    pytest.mark.skipif(not AXE.is_file(), reason="needs axe-core: npm ci in oma/web/ui"),
]

RULES = {
    "type": "tag",
    "values": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
        *("best-practice", "experimental"),
    ],
}


ASKS = r"printf '● Bash(ls)\n\n Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel\n'; cat"

DAYS = [
    {
        "day": day,
        "agent": agent,
        "profile": "claude",
        "project": "/p",
        "seconds": {"ok": 6000.0, "idle": 400.0, "waiting": 900.0, "stuck": stuck},
        "waits": 3,
        "answered": 2,
        "answered_in_s": {"median": 20.0, "longest": 500.0},
        "failures": {"rate-limit": 2} if stuck else {},
    }
    for day in ("2026-11-29", "2026-11-30")
    for agent, stuck in (("asks", 0.0), ("works", 300.0))
]

EVERYWHERE = """
const found = [];
const look = async (what) => {
  await page.evaluate(given.axe);
  const { violations } = await page.evaluate((only) => window.axe.run(document, { runOnly: only }), given.only);
  found.push(...violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes[0].html.slice(0, 200)}`));
};
const go = async (hash) => {
  await page.evaluate((to) => { location.hash = to; }, hash);
  await page.locator("main").waitFor();
};
await page.locator("[data-agent=oma-agent-asks][data-health=waiting]").waitFor();
await look("list");
await page.keyboard.press("v");
await look("rows");
await page.keyboard.press("v");
await page.locator(".preview").getByText("Esc to cancel").waitFor();
await page.keyboard.press("A");
await look("previews, marked");
await page.keyboard.press("m");
await page.getByRole("dialog").waitFor();
await look("message to all");
await page.keyboard.press("Escape");
await page.getByRole("dialog").waitFor({ state: "detached" });
await page.keyboard.press("Escape");
await page.keyboard.press("v");
await go("#/inbox");
await page.locator(".ask").waitFor();
await page.locator(".ask .options").evaluate((each) => Promise.all(each.getAnimations().map((one) => one.finished)));
await look("inbox");
for (const [pane, shown] of [["", ".terminal[data-state=open]"], ["/why", ".told"], ["/logs", "[role=log]"]]) {
  await go(`#/agents/oma-agent-asks${pane}`);
  await page.locator(shown).first().waitFor();
  await look(`agent${pane}`);
}
await go("#/recordings");
await page.getByRole("heading", { name: "Recordings" }).waitFor();
await look("recordings");
await page.route("**/api/stats?*", (route) => route.fulfill({ json: given.days }));
await go("#/stats");
await page.getByRole("heading", { name: "What agents were stuck for" }).waitFor();
for (const colorScheme of ["light", "dark"]) {
  await page.emulateMedia({ colorScheme });
  await look(`statistics, ${colorScheme}`);
}
await go("#/");
for (const key of ["?", "n", "Control+k"]) {
  await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
  await look(`dialog of ${key}`);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
await page.getByRole("button", { name: "owner, admin" }).click();
await look("account");
return found;
"""


async def test_axe_finds_nothing_on_any_view(browser, web, agent, tmp_path):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)
    agent("asks", f"bash -c 'exec -a claude bash {script}'")
    agent("works", "cat")
    async with web() as server:
        browser.fresh(bypassCSP=True)
        browser.run(OPEN, login=server.login)

        assert browser.run(EVERYWHERE, axe=AXE.read_text(), only=RULES, days=DAYS) == []


SMALL = """
const small = [];
const look = async (what) => {
  small.push(...await page.evaluate((what) =>
    [...document.querySelectorAll("button, a[href], input:not([type=checkbox]), select, textarea, label.pick")]
      .filter((each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((each) => [each.getBoundingClientRect(), each])
      .filter(([{ width, height }]) => width > 1 && (width < 43.9 || height < 43.9))
      .map(([{ width, height }, each]) => `${what}: ${width}x${height} ${each.outerHTML.slice(0, 100)}`), what));
};
await page.locator("[data-agent=oma-agent-asks][data-health=waiting]").waitFor();
await look("list");
await page.keyboard.press("v");
await page.keyboard.press("A");
await page.getByRole("group", { name: "All that is marked" }).waitFor();
await look("rows, marked");
await page.keyboard.press("Escape");
await page.keyboard.press("i");
await page.locator(".ask").waitFor();
await look("inbox");
await page.keyboard.press("i");
await page.locator("[data-agent=oma-agent-works]").click();
await page.locator(".terminal[data-state=open]").waitFor();
await look("terminal");
await page.keyboard.press("l");
await page.getByRole("log").waitFor();
await look("logs");
await page.route("**/api/stats?*", (route) => route.fulfill({ json: given.days }));
await page.keyboard.press("g");
await page.getByRole("heading", { name: "What agents were stuck for" }).waitFor();
await look("statistics");
await page.getByRole("button", { name: "owner, admin" }).click();
await page.getByRole("dialog").waitFor();
await look("account");
const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
if (sideways > 0) small.push(`the page is ${sideways}px too wide`);
return small;
"""


async def test_on_a_phone_every_target_is_large_enough_for_a_finger(browser, web, agent, tmp_path):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)
    agent("asks", f"bash -c 'exec -a claude bash {script}'")
    agent("works", "cat")
    async with web() as server:
        browser.fresh(viewport={"width": 390, "height": 844}, hasTouch=True, isMobile=True)
        browser.run("await enter(page, given.login);", login=server.login)

        assert browser.run(SMALL, days=DAYS) == []
