"""The selected agent's screen."""

import attrs

from oma.screen.styled import Look, Run
from oma.tui.cells import Size
from oma.tui.preview import preview, title
from tests.unit.tui.fleets import agent, scene, text_of

ONE = agent(1, "one", title="fix it", profile="claude")
RED = Look(foreground=1)


def test_rows_keep_their_colours_and_are_cut_at_the_edge():
    shown = scene(ONE, picture=((Run("abc", RED), Run("def", Look())),))

    (line,) = preview(shown, ONE, Size(5, 3))
    assert [(part.text, part.style) for part in line] == [("abc", RED), ("de", Look())]


def test_of_a_picture_that_is_too_tall_the_bottom_is_seen():
    picture = tuple((Run(str(n), RED),) for n in range(9))

    assert [text_of(r) for r in preview(scene(ONE, picture=picture), ONE, Size(9, 2))] == [
        "7",
        "8",
    ]


def test_where_there_is_no_picture_it_says_why():
    gone = attrs.evolve(ONE, gone=True)

    assert "being read" in text_of(preview(scene(ONE), ONE, Size(60, 5))[1])
    assert "session is gone" in text_of(preview(scene(gone), gone, Size(60, 5))[1])
    assert preview(scene(), None, Size(60, 5)) == []


def test_the_title_says_what_is_shown():
    line = text_of(title(scene(ONE), ONE, 60))

    assert line.startswith("── 🟢 one claude · /srv · fix it · 200x50 ─")
    assert text_of(title(scene(ONE), ONE, 60, "grounds")).startswith("── 🟢 one grounds ─")
    assert text_of(title(scene(), None, 5)) == "─────"
