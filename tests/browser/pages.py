"""Scripts that more than one test begins with."""

OPEN = """
await page.goto(given.login);
await page.getByText("live", { exact: true }).waitFor();
"""
"""Logs in by the address that works once; the agents are there when it ends."""
