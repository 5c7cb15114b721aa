"""What axe finds wrong with the page for those who do not see it, or use no mouse, or a phone: nothing."""

import pytest

from tests.browser.conftest import ROOT, UI
from tests.browser.pages import OPEN

AXE = UI / "node_modules" / "axe-core" / "axe.min.js"
RECORDINGS = ROOT / "fixtures" / "recordings" / "real"

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
OF_THEMES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What a theme may change; the rest is the same in both."""


ASKS = r"printf '● Bash(ls)\n\n Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel\n'; cat"

REPLIES = 'quick_replies = ["continue", "run the tests", "commit"]'

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

LOOKING = """
const found = [];
const axe = async (tab, what, only) => {
  if (!(await tab.evaluate(() => "axe" in window))) await tab.evaluate(given.axe);
  const { violations } = await tab.evaluate((only) => window.axe.run(document, { runOnly: only }), only);
  found.push(...violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes[0].html.slice(0, 200)}`));
};
const look = async (what, tab = page) => {
  await tab.emulateMedia({ colorScheme: "light" });
  await axe(tab, what, given.rules);
  await tab.emulateMedia({ colorScheme: "dark" });
  await axe(tab, `${what}, dark`, given.of_themes);
};
const settled = (tab = page) =>
  tab.waitForFunction(() => document.getAnimations().every((each) => each.playState === "finished"));
const go = async (hash) => {
  await page.evaluate((to) => { location.hash = to; }, hash);
  await page.locator("main").waitFor();
};
const closed = async (tab = page) => {
  await tab.keyboard.press("Escape");
  await tab.getByRole("dialog").waitFor({ state: "detached" });
};
"""

EVERYWHERE = """
await page.locator("[data-agent=oma-agent-asks][data-health=waiting]").waitFor();
await page.locator(".recent").getByRole("link", { name: "late" }).waitFor();
await look("list");
await page.keyboard.press("v");
await look("rows");
await page.keyboard.press("v");
await page.locator(".preview").getByText("Esc to cancel").waitFor();
await page.keyboard.press("A");
await look("previews, marked");
for (const key of ["m", "x"]) {
  await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
  await look(`dialog of ${key} for all that is marked`);
  await closed();
}
await page.keyboard.press("Escape");
await page.keyboard.press("v");
await page.locator("#filter").fill("nobody");
await page.getByText("No agent fits the filter.").waitFor();
await look("an empty list");
await page.getByRole("button", { name: "Show all" }).click();

await go("#/inbox");
await page.locator(".ask").first().waitFor();
await settled();
await page.keyboard.press(" ");
await page.getByRole("group", { name: "Answer all that is picked" }).waitFor();
await look("inbox");
await page.getByRole("group", { name: "Answer all that is picked" }).getByRole("button", { name: "1 Yes" }).click();
await page.getByRole("dialog").waitFor();
await look("dialog of an answer to all");
await closed();

for (const [pane, shown] of [["", ".terminal[data-state=open]"], ["/why", ".told"], ["/logs", "[role=log]"]]) {
  await go(`#/agents/oma-agent-asks${pane}`);
  await page.locator(shown).first().waitFor();
  await look(`agent${pane}`);
}
for (const key of ["1", "x", "K"]) {
  await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
  await look(`dialog of ${key}`);
  await closed();
}
await go("#/agents/oma-agent-asks");
await page.getByRole("button", { name: "Take control" }).click();
await page.locator(".terminal[data-mine=true]").waitFor();
await look("terminal, controlled");
await page.keyboard.press("Control+Shift+X");
await page.locator(".terminal[data-mine=false]").waitFor();
await page.locator(".xterm-screen").click({ position: { x: 20, y: 5 } });
await page.getByRole("dialog", { name: "Open this address?" }).waitFor();
await look("dialog of an address");
await closed();
await page.getByRole("button", { name: "Share this agent by a link" }).click();
await page.getByRole("button", { name: "Make the link" }).click();
await page.getByLabel("The link").waitFor();
await look("share");
await closed();

await go("#/recordings");
await page.getByRole("link", { name: new RegExp(given.recording) }).waitFor();
await look("recordings");
await go(`#/recordings/${given.recording}`);
await page.getByRole("slider", { name: "Position" }).waitFor();
await look("a recording");
await page.route("**/api/stats?*", (route) => route.fulfill({ json: given.days }));
await go("#/stats");
await page.getByRole("heading", { name: "What agents were stuck for" }).waitFor();
await look("statistics");
await go("#/");
for (const key of ["?", "n", "Control+k"]) {
  await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
  await look(`dialog of ${key}`);
  await closed();
}
await page.getByRole("button", { name: "owner, admin" }).click();
await page.getByRole("button", { name: /^Revoke guest-/ }).waitFor();
await look("account, with a guest");
await closed();
"""

OUTSIDE = """
const stranger = await (await another({ bypassCSP: true })).newPage();
await stranger.goto(given.login);
await stranger.getByRole("button", { name: "Log in", exact: true }).waitFor();
await look("the address that logs in", stranger);
await stranger.getByRole("button", { name: "Log in", exact: true }).click();
await stranger.getByRole("alert").waitFor();
await look("an address that was used", stranger);
await stranger.goto(new URL(given.login).origin);
await stranger.getByLabel("Token").waitFor();
await look("login", stranger);
await stranger.context().close();
"""

PHONE = """
const pocket = await another({
  bypassCSP: true, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true,
  storageState: await context.storageState(),
});
const phone = await pocket.newPage();
const sized = async (what) => {
  found.push(...await phone.evaluate((what) =>
    [...document.querySelectorAll("button, a[href], input:not([type=checkbox]), select, textarea, label.pick")]
      .filter((each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((each) => [each.getBoundingClientRect(), each])
      .filter(([{ width, height }]) => width > 1 && (width < 43.9 || height < 43.9))
      .map(([{ width, height }, each]) => `${what}: ${width}x${height} ${each.outerHTML.slice(0, 100)}`), what));
  found.push(...await phone.evaluate((what) =>
    [...document.querySelectorAll("button, a[href]")]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1 && getComputedStyle(each).overflowX === "visible")
      .map((each) => `${what}: its text stands out: ${each.outerHTML.slice(0, 100)}`), what));
  const sideways = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (sideways > 0) found.push(`${what}: ${sideways}px too wide`);
  await axe(phone, `${what} on a phone`, given.rules);
};
await phone.route("**/api/stats?*", (route) => route.fulfill({ json: given.days }));
await phone.goto(new URL(given.login).origin);
await phone.locator("[data-agent=oma-agent-asks][data-health=waiting]").waitFor();
await sized("list");
await phone.keyboard.press("v");
await phone.keyboard.press("A");
await phone.getByRole("group", { name: "All that is marked" }).waitFor();
await sized("rows, marked");
await phone.keyboard.press("Escape");
await phone.keyboard.press("i");
await phone.locator(".ask").first().waitFor();
await settled(phone);
await sized("inbox");
await phone.keyboard.press("i");
await phone.locator("[data-agent=oma-agent-works]").click();
await phone.locator(".terminal[data-state=open]").waitFor();
await phone.getByRole("button", { name: "Take control" }).click();
await phone.locator(".terminal[data-mine=true]").waitFor();
await sized("terminal with its keys");
await phone.getByRole("button", { name: "Release" }).click();
await phone.locator("#message").fill("one\\ntwo");
await sized("composer");
await phone.getByRole("tab", { name: /^Logs/ }).click();
await phone.getByRole("log").waitFor();
await sized("logs");
await phone.goto(`${new URL(given.login).origin}/#/stats`);
await phone.getByRole("heading", { name: "What agents were stuck for" }).waitFor();
await sized("statistics");
await phone.getByRole("button", { name: "owner, admin" }).click();
await phone.getByRole("dialog").waitFor();
await sized("account");
await pocket.close();
"""


async def test_axe_finds_nothing_on_any_view_in_either_theme_and_a_finger_hits_what_it_can_read(
    browser, web, agent, tmp_path
):
    script = tmp_path / "asks.sh"
    script.write_text(f"echo https://x.example/; {ASKS}")
    config = tmp_path / "config.toml"
    config.write_text(f'[web]\nrecordings = "{RECORDINGS}"\n{REPLIES}\n')
    agent("asks", f"bash -c 'exec -a claude bash {script}'")
    agent("works", "cat")
    async with web("--config", config) as server:
        browser.fresh(bypassCSP=True)
        browser.run(OPEN, login=server.login)
        agent("late", "cat")  # which is what changed lately

        found = browser.run(
            LOOKING + EVERYWHERE + OUTSIDE + PHONE + "return found;",
            axe=AXE.read_text(),
            rules=RULES,
            of_themes=OF_THEMES,
            days=DAYS,
            login=server.login,
            recording="cn-b.jsonl.zst",
        )
        assert found == []
