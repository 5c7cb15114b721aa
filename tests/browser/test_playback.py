"""A recording in the page: it is found, played, and any moment of it is shown."""

import pytest

from tests.browser.pages import OPEN
from tests.oma_process import oma

pytestmark = pytest.mark.tmux


async def test_a_recording_is_played_and_any_moment_can_be_gone_to(
    browser, web, agent, tmux, tmp_path
):
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    agent("a", "echo at the start; sleep 3; clear; echo 'Error: it failed'; sleep 1000")
    made = await oma(
        *("record", "-S", tmux.socket_path, "-o", recordings / "one.jsonl", "--duration", "6")
    )
    assert made.returncode == 0, made
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

            // The last transition, from the end: the error.
            await page.getByLabel("Go to a time").fill("6");
            await page.keyboard.press("Enter");
            await page.keyboard.press("[");
            await health("stuck");
            const failed = await at();

            // The one before it, and on again.
            await page.keyboard.press("[");
            await health("ok");
            if (!(await at() < failed)) throw new Error("it did not go back");
            await page.keyboard.press("]");
            await health("stuck");

            // A click on the time line, near its beginning; then it plays by itself.
            const track = page.locator(".track").first();
            const box = await track.boundingBox();
            await track.click({ position: { x: box.width / 4, y: box.height / 2 } });
            await health("ok");
            const before = await at();
            for (const key of ["+", "+", " "]) await page.keyboard.press(key);
            await health("stuck");
            if (!(await at() > before)) throw new Error("it does not play");
            await page.waitForFunction(() => location.hash.includes("agent=oma-agent-a"));
            """
        )
        shots = browser.run(
            """
            const shown = page.waitForResponse((each) => each.url().includes("/screen"));
            await page.getByLabel("Go to a time").fill("0:01");
            await page.keyboard.press("Enter");
            return (await (await shown).json()).ansi;
            """
        )
        assert "at the start" in shots
