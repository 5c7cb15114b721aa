from oma.cli.stats_extra import page_of


def test_the_page_is_drawn_where_the_extra_is_installed():
    assert "No agent was there." in page_of([], [])
