"""The inbox: one press answers what is asked, and never what is asked by then."""

import shlex

import pytest

from tests.browser.pages import OPEN
from tests.support.patience import look_until

pytestmark = pytest.mark.tmux

ASKS = r"""
ask() {
  printf '\033[2J\033[H● Bash(%s)\n\n Do you want to proceed?\n' "$1"
  printf ' ❯ 1. Yes\n   2. No\n\n Esc to cancel · Tab to amend\n'
  read -r -n 1 answer
}
answers=
for command in "$@"; do ask "$command"; answers="$answers $answer"; done
printf '\033[2J\033[Hthe answers:%s\n' "$answers"
while read -r rest; do :; done
"""


@pytest.fixture
def asks(agent, tmp_path):
    """Start an agent that asks about some commands, one after the other."""
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)

    def asks(name, *commands):
        words = " ".join(map(shlex.quote, commands))
        agent(name, f"bash -c {shlex.quote(f'exec -a claude bash {script} {words}')}")

    return asks


async def shows(tmux, name, text):
    """Wait until an agent shows a text: the page may know of its answer before it says so."""

    def screen():
        return tmux.run("capture-pane", "-p", "-t", f"=oma-agent-{name}:")

    assert await look_until(lambda: text in screen()), screen()


CLOCK = """
await page.clock.install();
"""
"""Lets the page's time be stopped: a loaded machine must not make a card old."""

INBOX = """
await page.goto(page.url().split("#")[0] + "#/inbox");
const card = (name) => page.getByRole("listitem", { name, exact: true });
const settled = () => page.clock.runFor(700); // longer than a card takes no answer
// The page is drawn frame by frame, which a clock that stands still has none of.
const drawn = async (shown) => {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && !(await shown.isVisible()); await page.waitForTimeout(20)) await page.clock.runFor(20);
  await shown.waitFor();
};
"""


async def test_an_answer_that_comes_too_late_reaches_no_other_dialog(browser, web, asks, tmux):
    asks("a", "make one", "make two", "make three")
    async with web() as server:
        browser.run(CLOCK + OPEN, login=server.login)
        browser.run(
            INBOX
            + """
            await card("a").getByText("make one").waitFor();
            await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 15_000); // it cannot go back
            await settled();
            // The request is held until the agent has gone on.
            globalThis.held = new Promise((resolve) => {
              void page.route("**/answer", async (route) => {
                await new Promise((release) => resolve(release));
                await route.continue();
              }, { times: 1 });
            });
            await card("a").getByRole("button", { name: "1 Yes" }).click();
            globalThis.release = await globalThis.held;
            """
        )

        tmux.run("send-keys", "-t", "=oma-agent-a:", "x")

        browser.run(
            INBOX
            + """
            await drawn(card("a").getByText("make two"));
            globalThis.release();
            await drawn(page.getByText("now asks something else: nothing was sent"));
            await settled();
            await card("a").getByRole("button", { name: "2 No" }).click();
            await drawn(card("a").getByText("make three"));
            // A key that comes with the change is for the dialog that it took away.
            await page.keyboard.press("1");
            await drawn(page.getByText("has only just asked this: look again, then answer"));
            await settled();
            await page.keyboard.press("1");
            await drawn(page.getByText("Nothing needs you."));
            """
        )
        await shows(tmux, "a", "the answers: x 2 1")


async def test_several_are_answered_alike_but_for_who_asks_something_else_by_then(
    browser, web, asks, tmux
):
    asks("a", "make one")
    asks("b", "make two")
    asks("c", "make three", "rm -rf /")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            INBOX
            + """
            await page.keyboard.press("i");
            await page.getByRole("button", { name: "Inbox: 3 need you (i)" }).click();
            for (const name of ["a", "b", "c"]) await card(name).getByRole("checkbox").check();
            const bar = page.getByRole("group", { name: "Answer all that is picked" });
            await bar.getByRole("button", { name: "1 Yes" }).click();
            await page.getByRole("dialog").getByText("Bash(make three)").waitFor();
            """
        )

        tmux.run("send-keys", "-t", "=oma-agent-c:", "x")

        browser.run(
            INBOX
            + """
            const dialog = page.getByRole("dialog");
            await dialog.getByText("Bash(make three)").waitFor({ state: "detached" });
            await dialog.getByRole("button", { name: "1 Yes, to all 2" }).click();
            await card("a").waitFor({ state: "detached" });
            await card("b").waitFor({ state: "detached" });
            await card("c").getByText("rm -rf /").waitFor();
            """
        )
        for name in ("a", "b"):
            await shows(tmux, name, "the answers: 1")
        assert "the answers" not in tmux.run("capture-pane", "-p", "-t", "=oma-agent-c:")


@pytest.mark.slow
async def test_a_question_that_takes_words_is_answered_in_words_and_the_history_tells_by_whom(
    browser, web, agent, tmux
):
    agent("a", "sh -c 'printf \"Remove 12 files? [y/N] \"; read answer; echo got $answer; cat'")
    async with web() as server:
        browser.run(CLOCK + OPEN, login=server.login)
        browser.run(
            INBOX
            + """
            await card("a").getByRole("textbox", { name: "Answer a" }).fill("only six");
            await settled();
            await page.keyboard.press("Enter");
            await page.getByText("Nothing needs you.").waitFor();
            await page.goto(`${page.url().split("#")[0]}#/agents/oma-agent-a/why`);
            const lately = page.getByRole("region", { name: "Lately" });
            await lately.getByRole("listitem").filter({ hasText: "answer only six by owner" }).waitFor();
            """
        )
        await shows(tmux, "a", "got only six")
