"""What the page shows of agents, live, and what the user does to them from there."""

import shlex

import pytest

from tests.browser.pages import OPEN

pytestmark = pytest.mark.tmux

ASKS = r"""
read -r begin
printf '\033[2J\033[H● Bash(pytest -q)\n\n Do you want to proceed?\n'
printf ' ❯ 1. Yes\n   2. Yes, and do not ask again\n   3. No\n\n Esc to cancel · Tab to amend\n'
read -r -n 1 answer
printf '\033[2J\033[Hthe answer was %s\n' "$answer"
while read -r rest; do :; done
"""


@pytest.fixture
def asks(agent, tmp_path):
    """Start an agent that looks like claude, and asks once it is given a line."""
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)
    agent("asks", f"bash -c 'exec -a claude bash {shlex.quote(str(script))}'")


LIMIT = r"""
printf '● You have hit your session limit · resets 3:45pm\n\n What do you want to do?\n'
printf ' ❯ 1. Stop and wait for limit to reset\n   2. Upgrade\n\n Enter to confirm · Esc to cancel\n'
while read -r rest; do :; done
"""


@pytest.mark.slow
async def test_when_a_limit_ends_stands_on_the_card_and_under_why(browser, web, agent, tmp_path):
    script = tmp_path / "limit.sh"
    script.write_text(LIMIT)
    agent("limit", f"bash {shlex.quote(str(script))}")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            const card = page.locator("[data-agent=oma-agent-limit][data-health=waiting]");
            await card.getByText("question until 3:45pm").waitFor();
            await card.click();
            const detail = page.getByRole("region", { name: "limit", exact: true });
            await detail.locator("header").getByText("until 3:45pm").waitFor();
            await page.keyboard.press("w");
            await detail.locator("dd").getByText("3:45pm", { exact: true }).waitFor();
            """
        )


async def test_an_agent_that_begins_to_wait_is_seen_at_once_and_can_be_answered(
    browser, web, asks, agent, tmux
):
    agent("other", "cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-asks][data-health=ok]").waitFor();
            await page.locator("[data-agent=oma-agent-other]").waitFor();
            await page.locator("[data-agent=oma-agent-asks]").focus();
            """
        )

        tmux.run("send-keys", "-t", "=oma-agent-asks:", "go", "Enter")

        browser.run(
            """
            await page.locator("[data-agent=oma-agent-asks][data-health=waiting]").waitFor();
            await page.locator("[data-agent=oma-agent-asks]:focus").waitFor(); // in another group now
            await page.waitForFunction(() => document.title === "1 waiting · oma");
            const first = await page.locator("[data-agent]").first().getAttribute("data-agent");
            if (first !== "oma-agent-asks") throw new Error(`${first} is above who waits`);

            await page.keyboard.press("u");
            await page.keyboard.press("Enter");
            const detail = page.getByRole("region", { name: "asks", exact: true });
            await detail.getByText("Bash(pytest -q)").first().waitFor();
            // A message is no answer: none is offered while it asks.
            const replies = await page.getByRole("group", { name: "Quick replies" }).count();
            if (replies !== 0) throw new Error("quick replies beside a dialog");
            await detail.getByRole("button", { name: "2 Yes, and do not ask again" }).click();
            const confirm = page.getByRole("dialog", { name: "Answer asks?" });
            await confirm.getByText("Bash(pytest -q)").waitFor();
            await confirm.getByText("Do you want to proceed?").waitFor();
            await confirm.getByRole("button", { name: "2 Yes, and do not ask again" }).click();
            await page.getByRole("dialog").waitFor({ state: "detached" });
            await page.keyboard.press("l");
            await page.getByRole("log").getByText("the answer was 2").waitFor();
            """
        )


ASKS_TWICE = r"""
ask() {
  printf '\033[2J\033[H● Bash(%s)\n\n Do you want to proceed?\n' "$1"
  printf ' ❯ 1. Yes\n   2. No\n\n Esc to cancel · Tab to amend\n'
  read -r -n 1 answer
}
ask 'rm -rf build'; first=$answer
ask 'rm -rf /'; second=$answer
printf '\033[2J\033[Hthe answers were %s and %s\n' "$first" "$second"
while read -r rest; do :; done
"""


async def test_a_confirmation_is_gone_with_the_dialog_that_it_was_for(
    browser, web, agent, tmux, tmp_path
):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS_TWICE)
    agent("asks", f"bash -c 'exec -a claude bash {shlex.quote(str(script))}'")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            const card = page.locator("li", { has: page.locator("[data-agent=oma-agent-asks]") });
            await card.getByText("Bash(rm -rf build)").waitFor();
            await card.getByRole("button", { name: "1 Yes" }).click();
            await page.getByRole("dialog").getByText("Bash(rm -rf build)").waitFor();
            globalThis.said = page.getByRole("button", { name: /^asks asks something else now/ }).waitFor(); // it passes
            """
        )

        tmux.run("send-keys", "-t", "=oma-agent-asks:", "x")

        browser.run(
            """
            await page.getByRole("dialog").waitFor({ state: "detached" });
            await globalThis.said;
            await page.getByRole("link", { name: /^asks / }).getByText("Bash(rm -rf /)").waitFor();
            await page.getByRole("link", { name: /^asks / }).click();
            await page.getByRole("region", { name: "asks" }).getByText("Bash(rm -rf /)").waitFor();
            await page.keyboard.press("2");
            await page.getByRole("dialog").getByText("Bash(rm -rf /)").waitFor();
            await page.keyboard.press("y");
            await page.getByRole("dialog").waitFor({ state: "detached" });
            await page.keyboard.press("l");
            await page.getByRole("log").getByText("the answers were x and 2").waitFor();
            """
        )


async def test_a_page_that_has_not_seen_the_next_dialog_is_refused_and_shows_it(
    browser, web, agent, tmux, tmp_path
):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS_TWICE)
    agent("asks", f"bash -c 'exec -a claude bash {shlex.quote(str(script))}'")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-asks]").getByText("rm -rf build").waitFor();
            // The request is one that was asked for before the agent went on.
            await page.route("**/answer", async (route) => {
              const body = { ...route.request().postDataJSON(), fingerprint: "0123456789abcdef" };
              await route.continue({ postData: JSON.stringify(body) });
            });
            await page.keyboard.press("j");
            await page.keyboard.press("1");
            await page.getByRole("dialog").waitFor();
            await page.keyboard.press("y");
            await page.getByText("now asks something else: nothing was sent").waitFor();
            await page.getByRole("dialog").waitFor({ state: "detached" });
            """
        )
        assert "rm -rf build" in tmux.run("capture-pane", "-p", "-t", "=oma-agent-asks:")


async def test_notifications_are_asked_for_by_a_button_and_told_once(browser, web, asks, tmux):
    async with web() as server:
        browser.run(
            """
            await page.addInitScript(() => {
              window.told = [];
              window.asked = 0;
              window.Notification = class {
                static permission = "default";
                static async requestPermission() {
                  window.asked += 1;
                  return (window.Notification.permission = "granted");
                }
                constructor(title, { body }) { window.told.push([title, body]); }
                close() {}
              };
            });
            """
        )
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-asks][data-health=ok]").waitFor();
            if (await page.evaluate(() => window.asked) !== 0) throw new Error("asked at load");
            await page.getByRole("button", { name: /^Notify me/ }).click();
            await page.getByRole("button", { name: "Notifications are on" }).waitFor();
            """
        )

        tmux.run("send-keys", "-t", "=oma-agent-asks:", "go", "Enter")

        told = browser.run(
            """
            await page.locator("[data-agent=oma-agent-asks][data-health=waiting]").waitFor();
            await page.waitForFunction(() => window.told.length > 0);
            // The agent as a whole follows its transition, and is not news again.
            await page.getByRole("link", { name: /^asks / }).click();
            await page.getByRole("region", { name: "asks" }).getByRole("group").first().waitFor();
            return page.evaluate(() => window.told);
            """
        )
        assert told == [
            ["oma-agent-asks is waiting", "● Bash(pytest -q)\nDo you want to proceed?"]
        ]


async def test_a_notification_that_the_browser_refuses_loses_no_transition(
    browser, web, asks, tmux
):
    async with web() as server:
        browser.run(
            """
            await page.addInitScript(() => {
              localStorage.setItem("oma.notify", "on");
              window.Notification = class {
                static permission = "granted";
                constructor() { throw new TypeError("Illegal constructor"); }
              };
            });
            """
        )
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-asks][data-health=ok]").waitFor();
            globalThis.said = page.getByRole("button", { name: "oma-agent-asks is waiting" }).waitFor(); // it passes
            """
        )

        tmux.run("send-keys", "-t", "=oma-agent-asks:", "go", "Enter")

        browser.run(
            """
            await globalThis.said;
            await page.locator("[data-agent=oma-agent-asks][data-health=waiting]").waitFor();
            await page.getByRole("button", { name: "This browser has no notifications" }).waitFor();
            const recent = await page.locator(".recent").innerText();
            if (!recent.includes("waiting")) throw new Error(`the transition is lost: ${recent}`);
            """
        )


async def test_a_message_stays_until_the_server_took_it_and_each_agent_has_its_own(
    browser, web, agent
):
    agent("a", "cat")
    agent("b", "cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            const field = page.locator("#message");
            const holds = async (text) => {
              const found = await field.inputValue();
              if (found !== text) throw new Error(`the field holds ${JSON.stringify(found)}`);
            };
            await page.locator("[data-agent=oma-agent-a]").click();
            await field.pressSequentially("one");
            await field.press("Shift+Enter");
            await field.pressSequentially("two");
            await page.locator("[data-agent=oma-agent-b]").click();
            await page.getByLabel("Message to b").fill("for b");
            await page.locator("[data-agent=oma-agent-a]").click();
            await page.getByLabel("Message to a").waitFor();
            await holds("one\\ntwo");
            await page.reload();
            await page.getByLabel("Message to a").waitFor();
            await holds("one\\ntwo");

            await page.route("**/send", (route) => route.abort());
            await field.press("Enter");
            await page.getByRole("button", { name: "the server does not answer" }).waitFor();
            await holds("one\\ntwo");
            await page.unroute("**/send");

            await field.press("Enter");
            await page.waitForFunction(() => document.querySelector("#message").value === "");
            await page.getByRole("tab", { name: /^Logs/ }).click();
            await page.getByRole("log").getByText("two").first().waitFor();
            await page.getByRole("button", { name: "continue", exact: true }).click();
            await page.getByRole("log").getByText("continue").first().waitFor();
            await page.locator("[data-agent=oma-agent-b]").click();
            await page.getByLabel("Message to b").waitFor();
            await holds("for b");
            """
        )


async def test_logs_arrive_as_they_are_written_and_they_and_titles_are_text(
    browser, web, agent, tmux
):
    agent("a", "cat")
    tmux.run("select-pane", "-t", "=oma-agent-a:", "-T", "<img src=x onerror=alert(2)>")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            await page.getByRole("link", { name: /^a / }).click();
            await page.getByText("<img src=x onerror=alert(2)>", { exact: true }).waitFor();
            await page.getByRole("tab", { name: /^Logs/ }).click();
            await page.getByRole("log").waitFor();
            """
        )

        tmux.run("send-keys", "-t", "=oma-agent-a:", "-l", "<img src=x onerror=alert(1)> é日本")
        tmux.run("send-keys", "-t", "=oma-agent-a:", "Enter")

        browser.run(
            """
            await page.getByRole("log").getByText("<img src=x onerror=alert(1)> é日本").first().waitFor();
            if (await page.locator("img").count() !== 0) throw new Error("an agent made an element");
            """
        )


async def test_why_tells_rule_evidence_and_what_time_changes(browser, web, agent):
    agent("a", "echo 'Error: the model server refused the request'; exec cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-a][data-health=stuck]").click();
            await page.getByRole("region", { name: "a", exact: true }).waitFor();
            await page.keyboard.press("w");
            await page.getByText("By the rule").waitFor();
            const told = await page.locator(".told").innerText();
            for (const words of ["stuck", "Error: the model server refused the request", "generic/"]) {
              if (!told.includes(words)) throw new Error(`${words} is not in ${told}`);
            }
            """
        )


async def test_everything_can_be_reached_by_keys(browser, web, agent):
    agent("a", "cat")
    agent("b", "cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            const at = (hash) => page.waitForFunction((wanted) => location.hash === wanted, hash);
            const of = async (name, pane = "") => {
              const card = page.locator(`[data-agent=oma-agent-${name}]`);
              return at((await card.getAttribute("href")) + pane);
            };
            await page.locator("[data-agent=oma-agent-b]").waitFor();
            for (const key of ["j", "j", "Enter"]) await page.keyboard.press(key);
            await of("b");
            await page.keyboard.press("k");
            await of("a");
            await page.keyboard.press("l");
            await of("a", "/logs");
            await page.keyboard.press("?");
            await page.getByRole("dialog", { name: "Keys" }).waitFor();
            await page.keyboard.press("Escape");
            await page.getByRole("dialog").waitFor({ state: "detached" });
            await page.keyboard.press("Escape");
            await at("#/");
            await page.keyboard.press("/");
            await page.keyboard.type("health:stuck");
            await page.getByText("No agent fits the filter.").waitFor();
            await page.keyboard.press("Escape");
            await page.locator("[data-agent=oma-agent-b]").waitFor();
            """
        )


async def test_agents_are_grouped_by_their_projects_as_in_the_dashboard(
    browser, web, tmux, tmp_path
):
    for name, branch in (("app", "fix"), ("lib", "next")):
        (tmp_path / name / ".git").mkdir(parents=True)
        (tmp_path / name / ".git" / "HEAD").write_text(f"ref: refs/heads/{branch}\n")
        tmux.run("new-session", "-d", "-s", f"oma-agent-{name}", "-c", tmp_path / name, "cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            const card = page.locator("[data-agent=oma-agent-app]");
            await card.waitFor();
            await page.getByText("Working").waitFor();
            await page.keyboard.press("b");
            const group = page.getByRole("region", { name: "app", exact: true });
            await group.locator("[data-agent=oma-agent-app]").getByText("fix").waitFor();
            await page.getByRole("region", { name: "lib", exact: true }).waitFor();
            await page.getByRole("button", { name: "Grouped by project (b)" }).click();
            await page.getByRole("region", { name: "oma-agent-app", exact: true }).waitFor();
            await page.keyboard.press("b"); // all are of one machine
            await page.getByText("Working").waitFor();
            """
        )


async def test_a_wrong_field_is_said_at_the_field_and_a_right_one_starts_an_agent(
    browser, web, agent
):
    agent("a", "cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-a]").waitFor();
            await page.keyboard.press("n");
            const form = page.getByRole("dialog", { name: "Start an agent" });
            await form.getByLabel("Name").fill("a");
            await form.getByRole("textbox", { name: "Command" }).fill("cat");
            await form.getByLabel("Directory").fill("/");
            await form.getByRole("button", { name: "Start" }).click();
            await form.locator("[name=name][aria-invalid=true]").waitFor();
            await form.getByLabel("Name").fill("b");
            await form.getByRole("button", { name: "Start" }).click();
            await page.waitForFunction(() => location.hash.startsWith("#/agents/"));
            await page.getByRole("region", { name: "b", exact: true }).waitFor();
            """
        )


async def test_an_agent_is_killed_only_after_a_question_and_nobody_controls_what_has_exited(
    browser, web, agent, tmux
):
    agent("a", "cat")
    agent("b", "cat")
    tmux.run("set-option", "-t", "oma-agent-b", "remain-on-exit", "on")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-a]").click();
            await page.getByRole("button", { name: "Kill" }).click();
            await page.getByRole("button", { name: "Cancel Esc" }).click();
            await page.getByRole("dialog").waitFor({ state: "detached" });
            await page.keyboard.press("K");
            await page.getByRole("dialog", { name: "Kill a?" }).waitFor();
            await page.keyboard.press("y");
            const covered = () => {
              const said = document.querySelector(".sayings button")?.getBoundingClientRect();
              if (said === undefined) return [];
              const list = document.querySelector(".list").getBoundingClientRect();
              const meets = (a) => a.left < said.right && said.left < a.right && a.top < said.bottom && said.top < a.bottom;
              return Array.from(document.querySelectorAll(":is(.bar, main) :is(a, button, input, textarea)"))
                .filter((each) => meets(each.getBoundingClientRect()) && (!each.closest(".list") || meets(list)))
                .map((each) => each.outerHTML);
            };
            await page.locator(".sayings button").waitFor();
            for (const width of [1280, 390]) {
              await page.setViewportSize({ width, height: 800 });
              const found = await page.evaluate(covered);
              if (found.length > 0) throw new Error(`what was said covers, ${width} pixels wide: ${found}`);
            }
            await page.setViewportSize({ width: 1280, height: 800 });
            await page.locator("[data-agent=oma-agent-a][data-health=exited]").waitFor();
            await page.locator("[data-agent=oma-agent-b][data-health=ok]").click();
            await page.getByRole("button", { name: "Take control" }).waitFor();
            """
        )
        tmux.run("send-keys", "-t", "oma-agent-b", "C-d")
        browser.run(
            """
            await page.locator("[data-agent=oma-agent-b][data-health=exited]").waitFor();
            await page.getByRole("button", { name: "Take control" }).waitFor({ state: "detached" });
            await page.keyboard.press("c");
            await page.locator(".terminal[data-state=open][data-mine=false]").waitFor();
            """
        )


@pytest.mark.slow
async def test_the_list_is_arranged_as_the_user_wants_it_and_stays_so(browser, web, agent):
    for name in ("b", "a", "c"):
        agent(name, "cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            const names = () =>
              page.locator("[data-agent]").evaluateAll((cards) => cards.map((card) => card.dataset.agent.at(-1)));
            const until = async (wanted) => {
              for (let turn = 0; (await names()).join() !== wanted; turn += 1) {
                if (turn > 200) throw new Error(`${await names()} and not ${wanted}`);
                await page.waitForTimeout(50);
              }
            };
            await until("b,a,c");
            await page.keyboard.press("o");
            await until("a,b,c");
            await page.keyboard.press("Control+k");
            await page.getByLabel("Agent or command").evaluate((field) => {  // before the next frame
              field.value = "c";
              field.dispatchEvent(new Event("input", { bubbles: true }));
              field.form.requestSubmit();
            });
            await page.getByRole("region", { name: "c", exact: true }).waitFor();
            await page.keyboard.press("s");
            await page.getByRole("region", { name: "Pinned" }).waitFor();
            await page.keyboard.press("Escape");
            await until("c,a,b");
            await page.keyboard.press("v");
            await page.locator("[data-group=Working] button").click();
            await until("c");
            await page.reload();
            await until("c");
            await page.locator(".cards[data-density=rows]").first().waitFor();
            """
        )


@pytest.mark.slow
async def test_a_list_that_is_scrolled_stays_where_it_is_and_whoever_is_selected_is_found_again(
    browser, web, agent
):
    for n, name in enumerate("lkjihgfedcba"):  # by name, the last are the first
        words = "Error: it broke" if n % 3 else f"Error: it broke, {'and again ' * 6}"
        agent(name, f"echo {shlex.quote(words)}; exec cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(
            """
            await page.setViewportSize({ width: 420, height: 360 });
            await page.getByRole("button", { name: "12 stuck", exact: true }).waitFor();
            const places = () => page.evaluate(() => Array.from(document.querySelectorAll(".list [data-key]"), (card) => {
              const { top, bottom } = card.getBoundingClientRect();
              const list = document.querySelector(".list").getBoundingClientRect();
              const isSeen = top < list.bottom && bottom > list.top;
              const isWhole = top >= list.top - 1 && bottom <= list.bottom + 1;
              return { key: card.dataset.key, top, isSeen, isWhole, isSelected: card.querySelector("[data-selected=true]") !== null };
            }));
            // Until nothing is drawn or moves any more.
            const steady = async () => {
              let [last, same] = ["", 0];
              for (let turn = 0; same < 3; turn += 1) {
                if (turn > 400) throw new Error(`no end of ${last}`);
                await page.waitForTimeout(50);
                const now = JSON.stringify(await places());
                same = now === last ? same + 1 : 0;
                last = now;
              }
            };
            const scroll = (by_px) => page.evaluate((by_px) => {
              const list = document.querySelector(".list");
              const before = list.scrollTop;
              list.scrollTop += by_px;
              return list.scrollTop - before;
            }, by_px);
            const found = async (after) => {
              for (let turn = 0; turn < 40; turn += 1) {
                await steady();
                if ((await places()).some((each) => each.isSelected && each.isWhole)) return;
              }
              throw new Error(`after ${after}, the selected card is out of sight: ${JSON.stringify(await places())}`);
            };

            await page.keyboard.press("j");
            await found("a key");
            // A hand that scrolls while the next card is brought into sight is not held back.
            await page.evaluate(async () => {
              const list = document.querySelector(".list");
              const selected = () => list.querySelector("[data-selected=true]").dataset.id;
              const first = selected();
              document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
              while (selected() === first) await new Promise(requestAnimationFrame);
              await new Promise(requestAnimationFrame);
              await new Promise(setTimeout);
              list.dispatchEvent(new WheelEvent("wheel", { deltaY: 2000, bubbles: true }));
              list.scrollTop += 2000;
            });
            await steady();
            const end_px = await page.evaluate(() => document.querySelector(".list").scrollTop);
            if (end_px < 600) throw new Error(`scrolled back to ${end_px}`);
            for (let turn = 0; turn < 6; turn += 1) {
              const read = (await places()).find((each) => each.isSeen);
              const moved = await scroll(-200);
              await steady();
              const now = (await places()).find(({ key }) => key === read.key);
              const isWhere = now !== undefined && Math.abs(now.top - read.top + moved) <= 1;
              if (!isWhere) throw new Error(`moved by ${moved} from ${JSON.stringify(read)} to ${JSON.stringify(now)}`);
            }

            for (let turn = 0; turn < 9; turn += 1) await page.keyboard.press("j");
            await found("keys");
            await page.keyboard.press("/");
            for (const letters of ["a", "gent", ""]) {
              await page.keyboard.type(letters);
              if (letters === "") await page.keyboard.press("Enter");
              await found(`a filter, ${letters}`);
            }
            await page.keyboard.press("o");
            await found("sorting by name");
            """
        )
