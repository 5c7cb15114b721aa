"""Builds the page of `oma web`, and takes `share/` into the wheel: manual pages, completions, an example.

Without node a wheel has no page, and the build says so. `share/` is made by `.ci/release`; a build from
a checkout has none.
"""

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


class ReleaseHook(BuildHookInterface[Any]):
    """Runs before the files of a wheel or an sdist are collected; an editable install is left alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build `oma/web/static`, which `pyproject.toml` names as an artifact, and name what is shared."""
        if version == "editable":
            return
        root = Path(self.root)
        # An sdist brings the page that was built into it.
        if not ((root / "PKG-INFO").exists() and (root / "oma/web/static/index.html").exists()):
            self._build_page(root / "oma" / "web" / "ui")
        if self.target_name == "wheel":
            for file in (root / "share").rglob("*"):
                if file.is_file():
                    build_data["shared_data"][str(file)] = str(file.relative_to(root))

    def _build_page(self, ui: Path) -> None:
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
        text = f"THIS {self.target_name.upper()} LACKS THE PAGE OF `oma web`: {reason}"
        self.app.display_warning(f"{line}\n{text}\nEverything else of oma works.\n{line}")
