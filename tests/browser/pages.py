"""Scripts that more than one test begins with."""

ASKS = r"""
read -r begin
printf '\033[2J\033[H● Bash(ls)\n\n Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel\n'
cat
"""
"""A shell script: an agent that asks for permission once a line was typed."""

OPEN = """
await enter(page, given.login);
await page.getByText("live", { exact: true }).waitFor();
"""
"""Logs in by the address that works once; the agents are there when it ends."""

TERMINAL = """
await page.locator(`[data-agent=oma-agent-${given.agent}]`).click();
await page.locator(".terminal[data-state=open]").waitFor();
"""
"""Opens the terminal of an agent."""

CONTROL = """
await page.getByRole("button", { name: "Take control" }).click();
await page.locator(".terminal[data-mine=true]").waitFor();
"""

SHOWN = """
const lines = (text) => text.split("\\n").map((line) => line.trimEnd()).join("\\n").trimEnd();
const shown = async () => {
  await page.getByRole("button", { name: "Copy the screen's text" }).click();
  const text = lines(await page.evaluate(() => navigator.clipboard.readText()));
  // The button took the focus from the terminal.
  await page.locator(".xterm-helper-textarea").focus();
  return text;
};
const until = async (fits) => {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const text = await shown();
    if (fits(text)) return text;
    if (Date.now() > end) throw new Error(`the terminal shows:\\n${text}`);
    await page.waitForTimeout(50);
  }
};
"""
"""Defines `shown()`, the text of the terminal, and `until(fits)`, which waits for one."""
