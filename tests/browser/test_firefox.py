"""The main paths in a stock Firefox, as Debian has it: login, list, a dialog that changes under an answer, a terminal, a phone's width.

Only where it is installed.
"""

import shlex
import shutil

import pytest

from tests.browser.conftest import UI, driven

FIREFOXES = ("firefox-esr", "firefox")

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

ASKS = r"""
ask() {
  printf '\033[2J\033[H● Bash(%s)\n\n Do you want to proceed?\n' "$1"
  printf ' ❯ 1. Yes\n   2. No\n\n Esc to cancel · Tab to amend\n'
  read -r -n 1 answer
}
ask 'make one'; first=$answer
ask 'rm -rf /'
printf '\033[2J\033[Hthe answers: %s %s\n' "$first" "$answer"
while read -r line; do printf 'typed: %s\n' "$line"; done
"""


@pytest.fixture
def firefox():
    """Give a stock Firefox with a profile of its own."""
    path = next((found for name in FIREFOXES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("needs Firefox: firefox-esr of the system's packages will do")
    if not (UI / "node_modules" / "puppeteer-core").is_dir():
        pytest.skip("needs the page's packages; in oma/web/ui: npm ci --ignore-scripts")
    with driven("firefox.mjs", path) as browser:
        yield browser


async def test_an_agent_is_found_answered_and_typed_into(firefox, web, agent, tmux, tmp_path):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)
    agent("a", f"bash -c 'exec -a claude bash {shlex.quote(str(script))}'")
    async with web() as server:
        inbox = firefox.run(
            """
            await page.goto(given.login);
            await page.locator("::-p-aria([name='Log in'][role='button'])").click();
            await page.locator("[data-agent=oma-agent-a][data-health=waiting]").wait();
            await page.locator("::-p-aria([name='Inbox: 1 need you (i)'])").click();
            const card = await page.waitForSelector("::-p-aria([name='a'][role='listitem'])");
            return card.evaluate((each) => each.innerText);
            """,
            login=server.login,
        )
        assert "● Bash(make one)" in inbox

        firefox.run(
            """
            // The answer is held until its agent has gone on.
            await page.evaluate(() => {
              const real = window.fetch;
              window.fetch = (address, options) =>
                String(address).endsWith("/answer") && window.release === undefined
                  ? new Promise((resolve) => { window.release = () => resolve(real(address, options)); })
                  : real(address, options);
            });
            // A card that has just come takes no answer.
            while (!(await page.evaluate(() => window.release !== undefined))) {
              await page.keyboard.press("1");
              await new Promise((soon) => setTimeout(soon, 50));
            }
            """
        )
        tmux.run("send-keys", "-t", "=oma-agent-a:", "x")
        firefox.run(
            """
            await page.locator("::-p-text(Bash(rm -rf /))").wait();
            await page.evaluate(() => window.release());
            await page.locator("::-p-text(now asks something else: nothing was sent)").wait();
            """
        )
        assert "rm -rf /" in tmux.run("capture-pane", "-p", "-t", "=oma-agent-a:")

        shown = firefox.run(
            """
            // A card that has just come takes no answer.
            while ((await page.$(".ask:not([data-taken=true])")) !== null) {
              await page.keyboard.press("2");
              await new Promise((soon) => setTimeout(soon, 50));
            }
            await page.locator("::-p-aria([name='Inbox: 0 need you (i)'])").click();
            await page.locator("[data-agent=oma-agent-a]").click();
            await page.locator(".terminal[data-state=open]").wait();
            await page.evaluate(() => {
              window.copied = [];
              navigator.clipboard.writeText = async (text) => void window.copied.push(text);
            });
            const until = async (words) => {
              for (const end = Date.now() + 60_000; ; ) {
                // What comes and goes on the page may stand where the button was.
                await page.locator("::-p-aria([name=\\"Copy the screen's text\\"])").click();
                await new Promise((soon) => setTimeout(soon, 50));
                const text = await page.evaluate(() => window.copied.splice(0).at(-1) ?? "");
                if (text.includes(words)) return text;
                if (Date.now() > end) throw new Error(`the terminal shows: ${text}`);
              }
            };
            await until("the answers: x 2");
            await page.locator("::-p-aria([name='Take control'][role='button'])").click();
            await page.locator(".terminal[data-mine=true]").wait();
            await page.locator(".xterm-helper-textarea").click();
            await page.keyboard.type("naïve ✓");
            await page.keyboard.press("Enter");
            return until("typed: naïve ✓");
            """
        )
        too_wide = firefox.run(
            """
            const wide = [];
            for (const width of [390, 768]) {
              await page.setViewport({ width, height: 780 });
              for (const hash of ["#/", "#/inbox", "#/agents/oma-agent-a", "#/agents/oma-agent-a/why", "#/agents/oma-agent-a/logs"]) {
                await page.evaluate((to) => { location.hash = to; }, hash);
                await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
                const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
                if (sideways > 0) wide.push(`${hash} at ${width}: ${sideways}`);
              }
            }
            return wide;
            """
        )
        assert too_wide == []
    assert "the answers: x 2" in shown
    assert "typed: naïve ✓" in tmux.run("capture-pane", "-p", "-t", "=oma-agent-a:")
