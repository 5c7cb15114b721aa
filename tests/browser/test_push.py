"""Web Push: the bell subscribes, a loopback push service gets what only the browser reads, a click opens the agent."""

import json
import shlex

import pytest

pytest.importorskip("http_ece", reason="the extra oma-tmux[push] is not installed")

from tests.browser.conftest import PATIENT
from tests.browser.pages import ASKS, OPEN
from tests.support.oma_process import running_oma
from tests.support.push_service import PushBrowser, push_service

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

SUBSCRIBABLE = """
await context.grantPermissions(["notifications"]);
await page.addInitScript((made) => {
  // A browser without its maker's push service, which this machine cannot reach: its keys are the test's.
  let subscribed = null;
  PushManager.prototype.getSubscription = async () => subscribed;
  PushManager.prototype.subscribe = async (options) => {
    if (options.applicationServerKey.length !== 65 || !options.userVisibleOnly) throw new TypeError("wrong");
    subscribed = {
      endpoint: made.endpoint,
      options,
      toJSON: () => ({ endpoint: made.endpoint, keys: { p256dh: made.p256dh, auth: made.auth } }),
      unsubscribe: async () => (subscribed = null, true),
    };
    return subscribed;
  };
}, given.made);
"""

DELIVER = """
const devtools = await context.newCDPSession(page);
const registrations = new Promise((found) =>
  devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [each] }) => each && found(each)));
await devtools.send("ServiceWorker.enable");
const { registrationId } = await registrations;
await devtools.send("ServiceWorker.deliverPushMessage", { origin: given.origin, registrationId, data: given.payload });
"""

NOTICES = """
const notices = () => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({ title, body, data }) => [title, body, data.place]);
});
"""


async def test_the_bell_subscribes_and_what_is_pushed_is_shown_and_opens_the_agent(
    chromium, web, agent, tmux, tmp_path
):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)
    agent("asks", f"bash -c 'exec -a claude bash {shlex.quote(str(script))}'")
    chromium.fresh(serviceWorkers="allow")
    async with push_service(tmp_path) as service:
        config = tmp_path / "c.toml"
        hosts = json.dumps([service.origin.removeprefix("https://")])
        config.write_text(
            f'{PATIENT}[notify]\nchannels = ["push"]\npush_hosts = {hosts}\nsettle = 0.0\n'
        )
        browser = PushBrowser(f"{service.origin}/a")
        made = browser.subscription()
        keys = {"endpoint": made.endpoint, "p256dh": made.p256dh, "auth": made.auth}
        async with web("--config", config) as server:
            chromium.run(SUBSCRIBABLE + OPEN, login=server.login, made=keys)
            chromium.run(
                """
                await page.locator("[data-agent=oma-agent-asks][data-health=ok]").waitFor();
                const answered = page.waitForResponse((each) => each.url().endsWith("/api/push/subscribe"));
                await page.getByRole("button", { name: "Notify me when" }).click();
                if (!(await answered).ok()) throw new Error(await (await answered).text());
                // From here on only what is pushed is shown.
                await page.evaluate(() => localStorage.setItem("oma.notify", "off"));
                await page.reload();
                await page.getByText("live", { exact: true }).waitFor();
                """
            )
            places = {**server.environment, "SSL_CERT_FILE": str(service.certificate)}
            command = ("-S", tmux.socket_path, "--config", str(config), "serve")
            async with running_oma(*command, **places) as teller:
                await teller.said(b"until interrupted")
                tmux.run("send-keys", "-t", "=oma-agent-asks:", "go", "Enter")
                (body,) = await service.received(1)
            told = browser.read(body)

            shown = chromium.run(
                DELIVER
                + NOTICES
                + """
                while ((await notices()).length === 0) await page.waitForTimeout(20);
                const first = await notices();
                const worker = context.serviceWorkers()[0];
                await worker.evaluate(async () => {
                  const [notification] = await self.registration.getNotifications();
                  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
                });
                await page.locator(".terminal[data-state=open]").waitFor();
                return first;
                """,
                origin=f"{server.origin}/",
                payload=json.dumps(told),
            )

    assert told["title"].startswith("oma-agent-asks (")
    assert told["body"] == "Do you want to proceed?\n● Bash(ls)\n1. Yes · 2. No"
    assert sorted(told) == ["body", "place", "tag", "title"]
    assert shown == [[told["title"], told["body"], told["place"]]]
