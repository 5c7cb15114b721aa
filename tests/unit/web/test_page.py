from oma.web.page import no_files


def test_without_a_page_it_is_said_how_to_get_one():
    page = no_files("index.html").body

    assert b"npm ci --ignore-scripts" in page
    assert b"<script" not in page
    assert no_files("assets/app.js") is None
