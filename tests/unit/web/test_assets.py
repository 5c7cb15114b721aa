"""The mapping of addresses to files of the page."""

import pytest

from oma.web.assets import has_page, read_assets


@pytest.fixture
def built(tmp_path):
    directory = tmp_path / "static"
    (directory / "assets").mkdir(parents=True)
    (directory / "index.html").write_text("<!doctype html>page")
    (directory / "service-worker.js").write_text("keep()")
    (directory / "assets" / "main-ABC.js").write_text("run()")
    (directory / "assets" / "main-ABC.css").write_text("a{}")
    (directory / "assets" / "icon-ABC.svg").write_text("<svg/>")
    (directory / "assets" / "main-ABC.js.map").write_text("{}")
    (tmp_path / "secret.js").write_text("secret")
    return directory


def test_a_page_that_was_not_built_is_missed(built, tmp_path):
    assert has_page(built)
    assert not has_page(tmp_path)


def test_the_page_is_asked_for_again_each_time(built):
    page = read_assets(built)["index.html"]

    assert page.body == b"<!doctype html>page"
    assert page.media_type == "text/html; charset=utf-8"
    assert page.cache_control == "no-cache"


def test_the_service_worker_is_asked_for_again_as_a_script(built):
    worker = read_assets(built)["service-worker.js"]

    assert worker.body == b"keep()"
    assert worker.media_type == "text/javascript; charset=utf-8"
    assert worker.cache_control == "no-cache"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("main-ABC.js", "text/javascript; charset=utf-8"),
        ("main-ABC.css", "text/css; charset=utf-8"),
        ("icon-ABC.svg", "image/svg+xml"),
    ],
)
def test_a_file_with_a_hash_in_its_name_is_kept_for_ever(built, name, media_type):
    asset = read_assets(built)[f"assets/{name}"]

    assert asset.media_type == media_type
    assert asset.cache_control == "public, max-age=31536000, immutable"


def test_a_file_is_given_as_small_as_the_browser_takes_it(built):
    (built / "assets" / "main-ABC.js.br").write_bytes(b"b")
    (built / "assets" / "main-ABC.js.gz").write_bytes(b"gz")
    script = read_assets(built)["assets/main-ABC.js"]
    style = read_assets(built)["assets/main-ABC.css"]

    assert script.encoded_for("gzip, deflate, br;q=0.9, zstd") == ("br", b"b")
    assert script.encoded_for("deflate,GZip") == ("gzip", b"gz")
    assert script.encoded_for("") == ("", b"run()")
    assert script.encoded_for("brotli, xgzip") == ("", b"run()")
    assert style.encoded_for("gzip, br") == ("", b"a{}")
    assert not any(path.endswith((".br", ".gz")) for path in read_assets(built))


def test_nothing_else_is_served(built):
    assert set(read_assets(built)) == {
        "index.html",
        "service-worker.js",
        "assets/main-ABC.js",
        "assets/main-ABC.css",
        "assets/icon-ABC.svg",
    }


def test_without_a_built_page_the_root_says_how_to_get_one_and_is_not_kept(tmp_path):
    assets = read_assets(tmp_path)

    assert set(assets) == {"index.html"}
    assert b"npm ci --ignore-scripts" in assets["index.html"].body
    assert b"<script" not in assets["index.html"].body
    assert assets["index.html"].cache_control == "no-store"
