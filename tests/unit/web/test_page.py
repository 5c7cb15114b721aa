from oma.web.page import no_files


def test_without_a_page_it_is_said_that_it_is_missing():
    assert b"without its page" in no_files("index.html").body
    assert no_files("assets/app.js") is None
