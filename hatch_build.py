"""Builds the page of `oma web` into the wheel. Without node the wheel has none, and the build says so."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STEPS = (
    (
        "npm",
        "ci",
        "--ignore-scripts",
        "--omit=dev",
        "--no-audit",
        "--no-fund",
        "--fetch-retries=1",
    ),
    ("npm", "run", "--silent", "build"),
)


class PageHook(BuildHookInterface[Any]):
    """Runs before the files of a wheel are collected; an editable install is left alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build `oma/web/static`, which `pyproject.toml` names as an artifact."""
        del build_data
        if version == "editable":
            return
        ui = Path(self.root) / "oma" / "web" / "ui"
        if shutil.which("node") is None or shutil.which("npm") is None:
            self._warn("node or npm is missing; node 20 or newer is needed")
            return
        for step in STEPS:
            done = subprocess.run(step, cwd=ui, check=False, capture_output=True, text=True)
            if done.returncode != 0:
                words = " ".join(step)
                last = (done.stderr or done.stdout).strip()[-2000:]
                self._warn(f"{words!r} failed: {last}")
                return

    def _warn(self, reason: str) -> None:
        line = "=" * 78
        text = f"THIS WHEEL LACKS THE PAGE OF `oma web`: {reason}"
        self.app.display_warning(f"{line}\n{text}\nEverything else of oma works.\n{line}")
