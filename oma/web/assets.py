"""The files of the built page, by their paths: what is not in the mapping is not served."""

from collections.abc import Mapping
from pathlib import Path

from oma.web.page import Asset

STATIC = Path(__file__).parent / "static"
"""Where the page is built to: by the wheel, or by `npm run build` in `ui`."""

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""What a page is made of. Never asked of the machine, whose table may be wrong."""


def read_assets(directory: Path = STATIC) -> Mapping[str, Asset]:
    """Return the files of the page; none where it was not built.

    The page itself is `index.html`, all else is under `assets/` and has a hash of its content in
    its name. Files are read here and never again; a path with `..` is simply no key.

    Raises:
        OSError: A file of the page cannot be read.
    """
    page = directory / "index.html"
    if not page.is_file():
        return {}
    files = [page, *sorted((directory / "assets").iterdir())]
    return {
        path.relative_to(directory).as_posix(): Asset(path.read_bytes(), media_type)
        for path in files
        if (media_type := _MEDIA_TYPES.get(path.suffix)) is not None and path.is_file()
    }
