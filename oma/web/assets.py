"""The built page as a mapping of paths to files: what is not in the mapping is not served."""

from collections.abc import Mapping
from pathlib import Path

import attrs

STATIC = Path(__file__).parent / "static"
"""Where the page is built to: by the wheel, or by `npm run build` in `ui`."""

PAGE = "index.html"
SERVICE_WORKER = "service-worker.js"

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
"""What a page is made of. Never asked of the machine, whose table may be wrong."""

_ENCODINGS = {"br": ".br", "gzip": ".gz"}

_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"

_MISSING = Path(__file__).with_name("missing_page.html")
"""What is shown where the page was not built."""


@attrs.frozen
class Asset:
    """One file of the page, ready to be sent."""

    body: bytes
    media_type: str
    """The value of `Content-Type`."""
    cache_control: str
    """The value of `Cache-Control`: for ever where the name has a hash of the content."""
    compressed: Mapping[str, bytes] = attrs.Factory(dict)
    """The same by `Content-Encoding`, the smallest first; made when the page was built."""

    def encoded_for(self, accept_encoding: str) -> tuple[str, bytes]:
        """Return the smallest form that a request takes, and its encoding; empty for the plain one."""
        taken = {part.partition(";")[0].strip() for part in accept_encoding.lower().split(",")}
        return next(((e, b) for e, b in self.compressed.items() if e in taken), ("", self.body))


def has_page(directory: Path = STATIC) -> bool:
    """Tell whether the page was built."""
    return (directory / PAGE).is_file()


def read_assets(directory: Path = STATIC) -> Mapping[str, Asset]:
    """Return the files of the page by their paths.

    The page itself is `index.html`, beside it is the service worker, all else is under `assets/`. Without a built page, `index.html`
    says how to get it. Files are read here and never again; a path with `..` is simply no key.

    Raises:
        OSError: A file of the page cannot be read.
    """
    if not has_page(directory):
        return {PAGE: Asset(_MISSING.read_bytes(), _MEDIA_TYPES[".html"], "no-store")}
    assets = {PAGE: Asset((directory / PAGE).read_bytes(), _MEDIA_TYPES[".html"], _ASK_AGAIN)}
    worker = directory / SERVICE_WORKER
    if worker.is_file():
        assets[SERVICE_WORKER] = Asset(worker.read_bytes(), _MEDIA_TYPES[".js"], _ASK_AGAIN)
    for path in sorted((directory / "assets").iterdir()):
        if path.suffix in _MEDIA_TYPES and path.is_file():
            asset = Asset(
                path.read_bytes(), _MEDIA_TYPES[path.suffix], _FOREVER, _compressed(path)
            )
            assets[f"assets/{path.name}"] = asset
    return assets


def _compressed(path: Path) -> dict[str, bytes]:
    beside = {encoding: path.with_name(path.name + end) for encoding, end in _ENCODINGS.items()}
    return {encoding: each.read_bytes() for encoding, each in beside.items() if each.is_file()}
