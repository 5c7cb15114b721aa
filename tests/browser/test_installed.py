"""The page as it is installed: kept by a service worker, with a number on its icon, and heard."""

import shlex

import pytest

from tests.browser.pages import ASKS, OPEN

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

INSTALLED = """
await context.grantPermissions(["notifications", "clipboard-read"]);
await page.addInitScript(() => {
  localStorage.setItem("oma.notify", "on");
  window.Notification = class {
    static permission = "granted";
    constructor() { throw new TypeError("Illegal constructor"); } // as on a phone
  };
  window.badges = [];
  navigator.setAppBadge = async (count) => void window.badges.push(count);
  window.tones = [];
  window.OscillatorNode = class extends OscillatorNode {
    constructor(context, options) {
      super(context, options);
      window.tones.push(options.frequency);
    }
  };
});
"""
"""A page that notes what a test cannot see or hear."""


async def test_an_installed_page_is_kept_counts_rings_and_notifies(
    chromium, web, agent, tmux, tmp_path
):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)
    agent("asks", f"bash -c 'exec -a claude bash {shlex.quote(str(script))}'")
    chromium.fresh(serviceWorkers="allow")
    async with web() as server:
        chromium.run(INSTALLED + OPEN, login=server.login)
        chromium.run(
            """
            await page.evaluate(() => navigator.serviceWorker.ready);
            await page.locator("[data-agent=oma-agent-asks][data-health=ok]").waitFor();
            await page.keyboard.press("S");
            await page.getByText("Sound: on").waitFor();
            await page.waitForFunction(() => window.tones.length === 2);
            """
        )

        tmux.run("send-keys", "-t", "=oma-agent-asks:", "go", "Enter")

        heard = chromium.run(
            """
            await page.waitForFunction(() => window.badges.at(-1) === 1);
            await page.waitForFunction(() => window.tones.length === 4);
            const notices = await page.waitForFunction(async () => {
              const registration = await navigator.serviceWorker.getRegistration();
              const found = await registration.getNotifications();
              return found.length > 0 && found.map(({ title, body, data }) => [title, body, data.place]);
            });
            await page.locator("[data-agent=oma-agent-asks]").click();
            await page.locator(".terminal[data-state=open]").waitFor();
            return { notices: await notices.jsonValue(), tones: await page.evaluate(() => window.tones) };
            """
        )
        kept = chromium.run(
            """
            return page.evaluate(async () => {
              const found = [];
              for (const name of await caches.keys()) {
                for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
              }
              return found;
            });
            """
        )

    ((title, body, place),) = heard["notices"]
    assert (title, body) == ("oma-agent-asks is waiting", "● Bash(ls)\nDo you want to proceed?")
    assert place.startswith("#/agents/")
    assert heard["tones"] == [587, 880] * 2
    assert "/" in kept
    assert any(path.startswith("/assets/terminal-") for path in kept)
    assert all(path == "/" or path.startswith("/assets/") for path in kept)

    chromium.run(
        """
        await page.reload();
        await page.getByRole("heading", { name: "The server does not answer" }).waitFor();
        """
    )
