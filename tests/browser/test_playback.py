"""A recording in the page: it is found, played, and any moment of it is shown."""

import pytest

from tests.browser.pages import OPEN
from tests.support.oma_process import running_oma
from tests.support.recorded import until

pytestmark = pytest.mark.tmux


async def test_a_recording_is_played_and_any_moment_can_be_gone_to(
    browser, web, agent, tmux, tmp_path
):
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    recording = recordings / "one.jsonl"
    agent("a", "echo at the start; read -r line; clear; echo 'Error: it failed'; exec cat")
    words = ("watch", "--json", "-S", tmux.socket_path, "--record", recording)
    async with running_oma(*words) as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        tmux.run("send-keys", "-t", "=oma-agent-a:", "Enter")
        await watch.transition(agent="oma-agent-a", to="stuck")
        # A recording ends with its last record, and so has to go on after the transition.
        tmux.run("send-keys", "-t", "=oma-agent-a:", "the end")
        await until(lambda: "the end" in recording.read_text())
    config = tmp_path / "config.toml"
    config.write_text(f'[web]\nrecordings = "{recordings}"\n')

    async with web("--config", config) as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            const health = (word) => page.locator(".standing").getByText(word, { exact: true }).waitFor();
            const at = () => page.locator("[data-position]").getAttribute("data-position").then(Number);

            await page.keyboard.press("p");
            await page.getByRole("link", { name: /one.jsonl/ }).click();
            await page.getByRole("slider", { name: "Position" }).waitFor();

            // From the end back over what the end brought to the error.
            await page.getByLabel("Go to a time").fill("1:00:00");
            await page.keyboard.press("Enter");
            await health("ok");
            await page.keyboard.press("[");
            await page.keyboard.press("[");
            await health("stuck");
            const failed = await at();

            // The one before it, and on again.
            await page.keyboard.press("[");
            await health("ok");
            if (!(await at() < failed)) throw new Error("it did not go back");
            const shown = page.waitForResponse((each) => {  // that of a moment before may still come
              const { pathname, searchParams } = new URL(each.url());
              return pathname.endsWith("/screen") && Number(searchParams.get("t")).toFixed(3) === failed.toFixed(3);
            });
            await page.keyboard.press("]");
            await health("stuck");
            const { ansi } = await (await shown).json();
            if (!ansi.includes("it failed")) throw new Error(`shown at that moment: ${ansi}`);

            // A click on the time line, at its beginning; then it plays by itself.
            await page.locator(".track").first().click({ position: { x: 1, y: 5 } });
            await page.waitForFunction(
              (end) => Number(document.querySelector("[data-position]").dataset.position) < end,
              failed,
            );
            for (const key of ["+", "+", " "]) await page.keyboard.press(key);
            await page.getByText("4×").waitFor();
            await page.getByRole("button", { name: "Play (Space)" }).waitFor();
            await page.waitForFunction(
              (start) => Number(document.querySelector("[data-position]").dataset.position) > start,
              failed,
            );
            await page.waitForFunction(() => location.hash.includes("agent=oma-agent-a"));
            """
        )
