"""The pictures of docs/web.md, of a real page: `pytest tests/browser/pictures.py` makes them anew.

Agents of a made-up shop run in `~/shop`, which is made for them and removed; nothing is asked of it before.
"""

import shlex
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.tmux

ASKS = r"""
printf '● I have to rebuild before the tests can run.\n\n Bash command\n\n   %s\n   %s\n\n' "$1" "$2"
printf ' Do you want to proceed?\n ❯ 1. Yes\n   2. Yes, and do not ask again\n'
printf '   3. No, and tell me what to do differently\n\n Esc to cancel · Tab to amend\n'
cat
"""
WORKS = r"""
n=0
while sleep 0.5; do n=$((n + 1)); printf '● Checked %d of 240 pages: /manual/page-%d\n' "$n" "$n"; done
"""
FLEET = (
    ("payments", "api", "asks", "rm -rf build dist", "Removes what was built"),
    ("manual", "docs", "asks", "npm run check-links", "Checks every link of the manual"),
    ("search", "api", "works"),
    ("checkout", "page", "works"),
    ("links", "docs", "works"),
)
PICTURES = (
    ("web", 1440, 900, "dark", "#/agents/oma-agent-payments"),
    ("web-previews", 1024, 700, "light", "#/"),
    ("web-inbox", 768, 560, "light", "#/inbox"),
    ("web-phone", 390, 780, "dark", "#/agents/oma-agent-payments"),
)


@pytest.fixture
def shop(tmux, tmp_path):
    """Start agents in directories that may be shown to anybody."""
    home = Path.home() / "shop"
    home.mkdir()  # fails where somebody has one
    for name, text in (("asks", ASKS), ("works", WORKS)):
        (tmp_path / name).write_text(text)
    for name, part, script, *words in FLEET:
        (home / part).mkdir(exist_ok=True)
        run = shlex.join(["bash", str(tmp_path / script), *words])
        command = f"bash -c {shlex.quote(f'exec -a claude {run}')}"
        size = ("-x", "100", "-y", "28", "-c", str(home / part))
        tmux.run("new-session", "-d", "-s", f"oma-agent-{name}", *size, command)
    yield
    shutil.rmtree(home)


async def test_the_pictures_are_made(browser, web, shop):
    async with web() as server:
        browser.run("await enter(page, given.login);", login=server.login)
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-links]").waitFor();
            await page.waitForFunction(() => document.querySelectorAll("[data-health=waiting]").length === 2);
            const storageState = await context.storageState();
            for (const [name, width, height, colorScheme, hash] of given.pictures) {
              const isPhone = width < 500;
              const viewport = { width, height };
              const own = await another({ storageState, viewport, colorScheme, hasTouch: isPhone, isMobile: isPhone });
              const tab = await own.newPage();
              await tab.addInitScript((name) => {
                localStorage.setItem("oma.density", name === "web-previews" ? "previews" : "cards");
              }, name);
              await tab.goto(given.origin + "/" + hash);
              await tab.locator("main").waitFor();
              await tab.locator(".terminal[data-state=open], .ask .options, .preview:not(:empty)").first().waitFor();
              await tab.waitForTimeout(3000); // until all that fades in or is read again has come
              await tab.screenshot({ path: `${given.docs}/${name}.png`, animations: "disabled" });
              await own.close();
            }
            """,
            pictures=PICTURES,
            origin=server.origin,
            docs=str(ROOT / "docs"),
        )
