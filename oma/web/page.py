"""The page and its files: where they come from, and what is shown without them."""

from collections.abc import Callable

import attrs


@attrs.frozen
class Asset:
    """One file of the page."""

    body: bytes
    media_type: str
    """With its charset."""


Find = Callable[[str], Asset | None]
"""Returns the file of a path such as `index.html` or `assets/app.js`; `None` where there is none."""

_MISSING = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>oma: no page</title>
<p>This oma was installed without its page. The API works; see
<code>/openapi.json</code> and <code>/docs</code>.</p></html>
"""


def no_files(path: str) -> Asset | None:
    """Return what there is where no page was built: a word that it is missing."""
    return Asset(_MISSING, "text/html; charset=utf-8") if path == "index.html" else None
