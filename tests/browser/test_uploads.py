"""Files for an agent: dropped, pasted or chosen; their paths go into the message."""

import stat

import pytest

from tests.browser.pages import OPEN

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

FILES = """
await page.locator("[data-agent=oma-agent-cat]").click();
const field = page.locator("#message");
await field.waitFor();
const files = (names, size) => page.evaluateHandle(([names, size]) => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(["x".repeat(size)], name, { type: "image/png" }));
  return data;
}, [names, size]);
const paths = async (count) => {
  await page.waitForFunction(
    (count) => document.querySelector("#message").value.split(" ").length === count + 1, count);
  return (await field.inputValue()).trim().split(" ");
};
"""
"""Opens the agent `cat`; `files(names, size)` is what is dropped, `paths(count)` what the field holds then."""


def config(tmp_path, uploads):
    path = tmp_path / "config.toml"
    path.write_text(f'[web]\nuploads = "{uploads}"\nmax_upload_bytes = 200000\n')
    return path


async def test_files_are_stored_unless_too_large_and_their_paths_go_into_the_message(
    browser, web, agent, tmp_path
):
    agent("cat", "cat")
    uploads = tmp_path / "uploads"
    async with web("--config", config(tmp_path, uploads)) as server:
        browser.run(OPEN, login=server.login)
        paths = browser.run(
            FILES
            + """
            const dropped = await files(["a one.png", "../b.png"], 150000);
            await page.dispatchEvent("main", "dragover", { dataTransfer: dropped });
            await page.locator("form.message[data-over=true]").waitFor();
            await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
            await paths(2);
            await page.locator("form.message[data-over=false]").waitFor();
            await field.evaluate((element, clipboardData) =>
              element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })),
              await files(["c.png"], 1));
            await paths(3);
            const chooser = page.waitForEvent("filechooser");
            await page.getByRole("button", { name: "Give files" }).click();
            await (await chooser).setFiles({ name: "d.txt", mimeType: "text/plain", buffer: Buffer.from("d") });
            const all = await paths(4);
            await page.dispatchEvent("main", "drop", { dataTransfer: await files(["large.png"], 200001) });
            await page.getByText("large.png is too large: at most").waitFor();
            await paths(4);
            await page.keyboard.press("Enter");
            await page.waitForFunction(() => document.querySelector("#message").value === "");
            await page.keyboard.press("Escape");
            await page.keyboard.press("l");
            // The agent repeats the line, which is longer than its pane is wide.
            await page.waitForFunction(
              (path) => document.querySelector("[role=log]")?.innerText.replace(/\\s/g, "").includes(path), all[3]);
            return all;
            """
        )

    assert [path[-5:] for path in paths] == ["e.png", "b.png", "c.png", "d.txt"]
    stored = sorted(uploads.iterdir())
    assert sorted(paths) == [str(path) for path in stored]
    assert {path.stat().st_size for path in stored} == {150_000, 1}
    assert {stat.S_IMODE(path.stat().st_mode) for path in stored} == {0o600}
