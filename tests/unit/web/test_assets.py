"""The mapping of paths to files of the page."""

import pytest

from oma.web.assets import read_assets


@pytest.fixture
def built(tmp_path):
    directory = tmp_path / "static"
    (directory / "assets").mkdir(parents=True)
    (directory / "index.html").write_text("<!doctype html>page")
    (directory / "assets" / "main-ABC.js").write_text("run()")
    (directory / "assets" / "main-ABC.css").write_text("a{}")
    (directory / "assets" / "icon-ABC.svg").write_text("<svg/>")
    (directory / "assets" / "main-ABC.js.map").write_text("{}")
    (tmp_path / "secret.js").write_text("secret")
    return directory


@pytest.mark.parametrize(
    ("path", "body", "media_type"),
    [
        ("index.html", b"<!doctype html>page", "text/html; charset=utf-8"),
        ("assets/main-ABC.js", b"run()", "text/javascript; charset=utf-8"),
        ("assets/main-ABC.css", b"a{}", "text/css; charset=utf-8"),
        ("assets/icon-ABC.svg", b"<svg/>", "image/svg+xml"),
    ],
)
def test_a_file_of_the_page_has_its_type(built, path, body, media_type):
    asset = read_assets(built)[path]

    assert asset.body == body
    assert asset.media_type == media_type


def test_nothing_else_is_served(built):
    assert set(read_assets(built)) == {
        "index.html",
        "assets/main-ABC.js",
        "assets/main-ABC.css",
        "assets/icon-ABC.svg",
    }


def test_without_a_built_page_there_are_no_files(tmp_path):
    assert read_assets(tmp_path) == {}
