"""The terminal in the page: what it shows is what tmux has, what is typed arrives, by one alone."""

import shlex
import shutil
import sys

import pytest

from tests.browser.pages import CONTROL, OPEN, SHOWN, TERMINAL
from tests.support.oma_process import oma

pytestmark = pytest.mark.tmux

COLOURS = """
import curses, locale
locale.setlocale(locale.LC_ALL, "C.UTF-8")
def draw(screen):
    curses.start_color()
    for n in range(1, 200):
        curses.init_pair(n, n, (n * 7) % 256)
    screen.border()
    for n in range(1, 200):
        look = curses.color_pair(n) | (curses.A_BOLD, curses.A_UNDERLINE, curses.A_REVERSE)[n % 3]
        screen.addstr(2 + n // 20, 3 + n % 20 * 4, f"{n:3}", look)
    screen.addstr(20, 4, "naïve café · 日本語 · ─┼─ · ✓")
    screen.addstr(22, 4, "drawn")
    screen.refresh()
    screen.getch()
    screen.addstr(22, 4, "drawn again")
    screen.refresh()
    screen.getch()
curses.wrapper(draw)
"""

BYTES = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"\\x1b[?2004hready\\r\\n")
while data := os.read(0, 1000):
    os.write(1, data.hex().encode())
    if data == b"q":
        os.write(1, b"\\x1b[c\\x1b[>c\\x1b[5n\\x1b[?6n\\x1b[?25$p\\x1b[4$p\\x1b[18t\\x1b[14t\\x1b[>q"
                    b"\\x1bP$qm\\x1b\\\\\\x1b]10;?\\x07\\x1b]4;1;?\\x07\\x1b[?1004h\\x1b[6n")
"""
"""Shows every byte that it gets in hex, and asks the terminal everything when it gets a `q`."""


QUERIES = "".join(
    [
        *("\x1b[c", "\x1b[>c", "\x1b[=c", "\x1b[5n", "\x1b[6n", "\x1b[?6n", "\x1b[?996n"),
        *("\x1b[4$p", "\x1b[?25$p", "\x1b[14t", "\x1b[16t", "\x1b[18t", "\x1b[21t", "\x1b[>q"),
        *("\x1bP$qm\x1b\\", "\x1bP$q q\x1b\\", "\x1bP+q544e\x1b\\", "\x1b[?u", "\x1b[x"),
        *("\x1b]10;?\x07", "\x1b]11;?\x1b\\", "\x1b]12;?\x07", "\x1b]4;1;?\x07"),
        *("\x1b]52;c;?\x07", "\x1b[?1004h"),
    ]
)
"""Everything that a terminal is asked; the last one has it tell of its focus."""


@pytest.fixture
def program(agent, tmp_path):
    """Give a function that starts a Python program as an agent."""

    def program(name, text):
        path = tmp_path / f"{name}.py"
        path.write_text(text)
        agent(name, f"{sys.executable} {shlex.quote(str(path))}")

    return program


def shows(tmux, name):
    """What tmux has on the screen of an agent."""
    lines = tmux.run("capture-pane", "-p", "-t", f"=oma-agent-{name}:").splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip()


HOLDS = """
const holds = async (told, fits) => {
  for (const end = Date.now() + PATIENCE_MS; ; await page.waitForTimeout(20)) {
    const found = await told();
    if (found !== null && fits(found)) return;
    if (Date.now() > end) throw new Error(`${told} is ${JSON.stringify(found)}`);
  }
};
"""
"""Defines what waits until a fact holds: a page is laid out anew some time after it was touched."""

SAME = f"{SHOWN} await until((text) => text === given.wanted);"


async def test_a_program_of_many_colours_looks_as_in_tmux(browser, web, program, tmux):
    program("a", COLOURS)
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(TERMINAL, agent="a")
        browser.run(f'{SHOWN} await until((text) => text.includes("drawn"));')
        browser.run(SAME, wanted=shows(tmux, "a"))

        tmux.run("send-keys", "-t", "=oma-agent-a:", "x")

        browser.run(f'{SHOWN} await until((text) => text.includes("drawn again"));')
        browser.run(SAME, wanted=shows(tmux, "a"))


@pytest.mark.skipif(shutil.which("vim") is None, reason="needs vim")
async def test_vim_is_worked_with_as_in_a_terminal(browser, web, agent, tmux, tmp_path):
    written = tmp_path / "text"
    agent("a", f"vim -N -u NONE -i NONE -n {shlex.quote(str(written))}")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(TERMINAL, agent="a")
        browser.run(CONTROL)
        browser.run(
            SHOWN
            + """
            await page.keyboard.type("ione é 日本");
            await page.keyboard.press("Enter");
            await page.keyboard.type("two");
            await page.keyboard.press("ArrowUp");
            await page.keyboard.press("Home");
            await page.keyboard.type("> ");
            await page.keyboard.press("Escape");
            await until((text) => text.startsWith("> one é 日本\\ntwo"));
            """
        )
        browser.run(SAME, wanted=shows(tmux, "a"))
        browser.run(
            SHOWN
            + """
            await page.keyboard.type(":wq");
            await page.keyboard.press("Enter");
            await page.locator("[data-agent=oma-agent-a][data-health=exited]").waitFor();
            """
        )
    assert written.read_text() == "> one é 日本\ntwo\n"


async def test_every_key_and_a_paste_arrive_as_a_terminal_sends_them(browser, web, program):
    program("a", BYTES)
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(TERMINAL, agent="a")
        browser.run(f'{SHOWN} await until((text) => text.startsWith("ready"));')
        browser.run(CONTROL)
        browser.run(
            SHOWN
            + """
            for (const key of ["Enter", "ArrowUp", "ArrowLeft", "Tab", "Shift+Tab", "Escape", "F5"]) {
              await page.keyboard.press(key);
            }
            await page.keyboard.press("Control+c");
            await page.keyboard.press("Alt+x");
            await page.keyboard.insertText("é日😀");
            await page.evaluate(() => {
              const data = new DataTransfer();
              data.setData("text/plain", "p\\x1b[201~ü\\n");
              document.querySelector(".xterm-helper-textarea").dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
              );
            });
            const wanted = [
              "0d", "1b5b41", "1b5b44", "09", "1b5b5a", "1b", "1b5b31357e",
              "03", "1b78", "c3a9e697a5f09f9880",
              "1b5b3230307e", "70", "5b3230317e", "c3bc", "0d", "1b5b3230317e",
            ].join("");
            await until((text) => text.replaceAll("\\n", "") === `ready${wanted}`);
            """
        )


async def test_the_page_answers_no_query_of_an_agent(browser, web, program, tmux):
    program("a", BYTES)
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(TERMINAL, agent="a")
        browser.run(f'{SHOWN} await until((text) => text.startsWith("ready"));')

        # Nobody has control: whatever comes is what tmux answers. The last query is for the cursor.
        tmux.run("send-keys", "-t", "=oma-agent-a:", "q")
        alone = browser.run(f'{SHOWN} return await until((text) => text.endsWith("52"));')
        browser.run(CONTROL)
        both = browser.run(
            SHOWN
            + """
            await page.keyboard.type("q");
            const before = given.alone.length;
            await until((text) => text.length > before + 2 && text.endsWith("52"));
            await page.locator("h1").first().click();
            await page.locator(".xterm-helper-textarea").focus();
            await page.keyboard.type("x");
            return await until((text) => text.endsWith("78"));
            """,
            alone=alone,
        )

    answers = [part.replace("\n", "") for part in both.removeprefix("ready\n").split("71")[1:]]
    kinds = [part.removesuffix("78").count("1b") for part in answers]
    assert len(kinds) == 2, both
    assert kinds[0] == kinds[1], answers


async def test_the_page_answers_no_query_even_of_a_server_that_lets_it_pass(browser, web, agent):
    agent("a", "cat")
    async with web() as server:
        heard = browser.run(
            f"""
            const heard = [];
            await page.routeWebSocket(/\\/ws\\/terminal\\//, (socket) => {{
              socket.send(JSON.stringify(
                {{ type: "hello", columns: 80, rows: 24, controlled_by: null, may_write: true }}));
              socket.onMessage((message) => {{
                heard.push(JSON.parse(message));
                if (JSON.parse(message).type !== "take") return;
                socket.send(JSON.stringify({{ type: "control", by: "me", mine: true }}));
                socket.send(Buffer.from(given.queries + "asked"));
              }});
            }});
            {OPEN} {TERMINAL} {CONTROL} {SHOWN}
            await until((text) => text.includes("asked"));
            await page.keyboard.type("x");
            while (!heard.some((message) => message.hex === "78")) await page.waitForTimeout(20);
            return heard;
            """,
            login=server.login,
            agent="a",
            queries=QUERIES,
        )
    assert heard == [{"type": "take"}, {"type": "keys", "hex": "78"}]


async def test_a_viewer_sees_who_has_control_and_types_into_nothing(
    browser, web, program, tmux, tmp_path
):
    program("a", BYTES)
    async with web() as server:
        made = await oma("web", "tokens", "add", "vi", "--role", "viewer", **server.environment)
        assert made.returncode == 0, made
        browser.run(OPEN, login=server.login)
        browser.run(TERMINAL, agent="a")
        browser.run(f'{SHOWN} await until((text) => text.startsWith("ready"));')
        browser.run(CONTROL)
        browser.run(
            """
            const other = await another();
            const viewer = await other.newPage();
            await viewer.goto(given.origin);
            await viewer.getByLabel("Token").fill(given.token);
            await viewer.getByRole("button", { name: "Log in" }).click();
            await viewer.locator("[data-agent=oma-agent-a]").click();
            await viewer.locator(".terminal[data-state=open]").waitFor();
            await viewer.getByText("controlled by").first().waitFor();
            if (await viewer.getByRole("button", { name: "Take control" }).count() !== 0) {
              throw new Error("a viewer is offered control");
            }
            await viewer.locator(".xterm-helper-textarea").focus();
            await viewer.keyboard.type("viewer");
            // Not by the page alone: the server does not take it either.
            const refusals = await viewer.evaluate(() => new Promise((resolve, reject) => {
              const words = ["oma.v1", `secret.${localStorage.getItem("oma.secret")}`];
              const socket = new WebSocket(`ws://${location.host}/ws/terminal/oma-agent-a`, words);
              const heard = [];
              socket.onerror = reject;
              socket.onmessage = ({ data }) => {
                if (typeof data !== "string") return;
                const message = JSON.parse(data);
                if (message.type === "hello") {
                  socket.send(JSON.stringify({ type: "take" }));
                  socket.send(JSON.stringify({ type: "keys", hex: "76" }));
                  socket.send(JSON.stringify({ type: "paste", text: "v" }));
                }
                if (message.type === "refused") heard.push(message.words);
                if (heard.length === 3) resolve(heard);
              };
            }));
            await other.close();
            return refusals;
            """,
            origin=server.origin,
            token=made.stdout.decode().split()[-1],
        )
        browser.run(
            SHOWN
            + """
            await page.locator(".xterm-helper-textarea").focus();
            await page.keyboard.type("x");
            const text = await until((text) => text.endsWith("78"));
            if (text !== "ready\\n78") throw new Error(text);
            """
        )


async def test_a_page_of_another_port_gets_no_terminal_even_with_the_secret(browser, web, agent):
    agent("a", "cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        told = browser.run(
            """
            const secret = await page.evaluate(() => localStorage.getItem("oma.secret"));
            await context.route("http://127.0.0.1:9/", (route) =>
              route.fulfill({ contentType: "text/html", body: "<p>elsewhere" }));
            const elsewhere = await context.newPage();
            await elsewhere.goto("http://127.0.0.1:9/");
            const open = ([host, words]) => new Promise((resolve) => {
              const socket = new WebSocket(`ws://${host}/ws/terminal/oma-agent-a`, words);
              socket.onopen = () => resolve("open");
              socket.onerror = () => resolve("refused");
            });
            const words = [new URL(given.origin).host, ["oma.v1", `secret.${secret}`]];
            await elsewhere.evaluate(
              ([origin, secret]) =>
                fetch(`${origin}/api/agents/oma-agent-a/kill`, {
                  method: "POST", mode: "no-cors", credentials: "include", body: "{}",
                }).then(() => undefined, () => undefined),
              [given.origin, secret],
            );
            return [await elsewhere.evaluate(open, words), await page.evaluate(open, words)];
            """,
            origin=server.origin,
        )
        assert told == ["refused", "open"]
        browser.run('await page.locator("[data-agent=oma-agent-a][data-health=ok]").waitFor();')


async def test_what_has_scrolled_away_is_read_by_wheel_and_joins_what_comes(
    browser, web, agent, tmux
):
    agent("a", "for n in $(seq 1 200); do echo line $n; done; read -r more; echo and $more; cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(TERMINAL, agent="a")
        browser.run(
            SHOWN
            + """
            await until((text) => text.includes("line 200") && !text.includes("line 99"));
            await page.locator(".xterm-screen").hover();
            await page.mouse.wheel(0, -60);
            await page.getByRole("button", { name: "To the end" }).waitFor();
            """
        )
        tmux.run("send-keys", "-t", "=oma-agent-a:", "more", "Enter")
        browser.run(
            SHOWN
            + r"""
            await page.getByRole("button", { name: "Search" }).click();
            const field = page.getByLabel("Search in the terminal");
            await field.fill("line 42");
            await page.locator("input[type=search]:not(.wrong)").last().waitFor();
            await page.keyboard.press("Escape");
            await page.getByRole("button", { name: "To the end" }).click();
            const text = await until((shown) => shown.includes("and more"));
            const numbers = [...text.matchAll(/^line (\d+)$/gm)].map((found) => Number(found[1]));
            if (numbers.some((n, i) => i > 0 && n !== numbers[i - 1] + 1)) throw new Error(text);

            await page.getByRole("tab", { name: "Logs" }).click();
            const log = page.getByRole("log");
            await log.getByText("line 200").waitFor();
            await page.getByRole("button", { name: "Earlier lines" }).click();
            await log.getByText("line 1 line 2 line 3 ").waitFor();
            await page.getByRole("button", { name: "continue" }).click();
            await page.getByRole("button", { name: /^sent to/ }).waitFor();
            await page.getByLabel("Message to a").press("ArrowUp");
            const message = page.getByLabel("Message to a");
            while ((await message.inputValue()) !== "continue") {} // it is drawn with the next frame
            """
        )


async def test_a_pane_that_is_resized_is_shown_in_its_new_size(browser, web, agent, tmux):
    agent("a", "while :; do printf '\\033[2J\\033[H'; stty size; read -r line; done")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(TERMINAL, agent="a")
        browser.run(f'{SHOWN} await until((text) => text === "30 100");')

        tmux.run("resize-window", "-t", "=oma-agent-a:", "-x", "61", "-y", "17")
        tmux.run("send-keys", "-t", "=oma-agent-a:", "Enter")

        browser.run(
            SHOWN
            + """
            await page.getByText("61×17").waitFor();
            await until((text) => text === "17 61");
            """
        )


async def test_the_letters_fit_a_phone_and_its_missing_keys_are_there(browser, web, program):
    program("a", BYTES)
    async with web() as server:
        browser.fresh(viewport={"width": 390, "height": 844}, hasTouch=True, isMobile=True)
        browser.run(
            HOLDS
            + """
            await enter(page, given.login);
            await page.locator("[data-agent=oma-agent-a]").tap();
            await page.locator(".terminal[data-state=open]").waitFor();
            await page.getByRole("button", { name: "Take control" }).tap();
            const keys = page.getByRole("toolbar", { name: "Keys" });
            for (const name of ["Esc", "Up", "Ctrl"]) {
              await keys.getByRole("button", { name, exact: true }).tap();
            }
            await page.keyboard.type("c");
            const width = () => page.locator(".xterm-screen").evaluate((screen) => screen.getBoundingClientRect().width);
            await holds(width, (px) => px > 390); // letters are large enough to be read
            await page.getByRole("button", { name: /^Letters: readable/ }).tap();
            await page.waitForFunction(() => {
              const screen = document.querySelector(".xterm-screen").getBoundingClientRect();
              return screen.width > 200 && screen.right <= 390;
            });
            await holds(() => page.evaluate(() => document.documentElement.scrollWidth), (px) => px <= 390);
            """,
            login=server.login,
        )
        browser.run(
            """
            await context.grantPermissions(["clipboard-read", "clipboard-write"]);
            """
            + SHOWN
            + """
            await until((text) => text === "ready\\n1b1b5b4103");
            """
        )
        browser.run(
            HOLDS
            + """
            // Its keyboard covers half of the page.
            await page.setViewportSize({ width: 390, height: 400 });
            const keys = page.getByRole("toolbar", { name: "Keys" });
            await keys.getByRole("button", { name: "Ctrl-C" }).tap();
            const isSeen = ({ y, height }) => y + height <= 401;
            await holds(() => page.locator(".glass").boundingBox(), ({ height }) => height >= 180);
            await holds(() => keys.boundingBox(), isSeen);
            await holds(() => keys.getByRole("button", { name: "Esc" }).boundingBox(), ({ height }) => height >= 44);
            await page.getByRole("button", { name: "Release" }).tap();
            const message = page.getByLabel("Message to a");
            await holds(() => message.boundingBox(), isSeen);
            const manifest = await page.evaluate(async () => {
              const link = document.querySelector("link[rel=manifest]");
              return (await fetch(link.href)).json();
            });
            if (manifest.display !== "standalone") throw new Error(JSON.stringify(manifest));
            """
        )


@pytest.mark.slow
async def test_a_link_is_shown_when_it_is_clicked_and_opened_by_another_click_alone(
    browser, web, agent
):
    long = f"https://x.example/{'long/' * 20}end"
    links = f"https://known.example@other.example/x y\\njavascript:alert(1)\\n{long}\\n"
    agent("a", f"printf '{links}'; cat")
    async with web() as server:
        browser.run(OPEN, login=server.login)
        browser.run(TERMINAL, agent="a")
        opened = browser.run(
            SHOWN
            + """
            const opened = [];
            context.on("page", (tab) => opened.push(tab));
            await context.route("https://other.example/**", (route) => route.abort());
            await until((text) => text.includes("long/end"));
            const screen = page.locator(".xterm-screen");
            const press = async (row) => {
              const { width, height } = await screen.boundingBox();
              const position = { x: (5.5 * width) / 100, y: ((row + 0.5) * height) / 30 };
              await screen.hover({ position: { x: width / 2, y: height / 2 } }); // a link is looked for after a move
              await screen.hover({ position });
              await screen.click({ position });
            };
            const asked = page.getByRole("dialog", { name: "Open this address?" });
            await press(3); // the second row of an address that is longer than a row
            await asked.getByText(given.long, { exact: true }).waitFor();
            await page.keyboard.press("Escape");
            await press(1);
            await press(0);
            await asked.getByText("https://known.example@other.example/x", { exact: true }).waitFor();
            await asked.getByText("Leads to other.example, whatever stands before it").waitFor();
            await page.keyboard.press("Escape");
            await asked.waitFor({ state: "detached" });
            if (opened.length > 0) throw new Error("opened without being asked");
            await press(0);
            const open = asked.getByRole("link", { name: "Open" });
            const rel = await open.getAttribute("rel");
            const [request] = await Promise.all([
              context.waitForEvent("request", (each) => each.url().includes("example")),
              open.click(),
            ]);
            await asked.waitFor({ state: "detached" });
            return [new URL(request.url()).host, rel];
            """,
            long=long,
        )
    assert opened == ["other.example", "noopener noreferrer"]
