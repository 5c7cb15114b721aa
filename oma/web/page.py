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
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>oma: no page</title>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 40em; margin: 4em auto; padding: 0 1em">
<h1>The page was not built</h1>
<p>This oma was installed where there was no node, so it has no page. The API works; see
<code>/openapi.json</code> and <code>/docs</code>.</p>
<p>To get the page, install node 20 or newer with npm, then either</p>
<ul>
<li>install <code>oma[web]</code> again, or</li>
<li>in a checkout: <code>cd oma/web/ui &amp;&amp; npm ci --ignore-scripts &amp;&amp; npm run build</code></li>
</ul>
<p>and start <code>oma web</code> again.</p>
</html>
"""


def no_files(path: str) -> Asset | None:
    """Return what there is where no page was built: a word that it is missing."""
    return Asset(_MISSING, "text/html; charset=utf-8") if path == "index.html" else None
