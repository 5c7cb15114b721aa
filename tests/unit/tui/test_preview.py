"""The selected agent's screen."""

import attrs
import pytest

from oma.model.health import Health
from oma.screen.styled import StyledText, TextStyle
from oma.tui.cells import Size
from oma.tui.preview import preview, rows_to_read, title
from tests.unit.tui.fleets import agent, played, render_input, text_of, verdict

ONE = agent(1, "one", title="fix it", profile="claude")
RED = TextStyle(foreground=1)


def test_rows_keep_their_colours_and_are_cut_at_the_edge():
    shown = render_input(
        ONE, styled_rows=((StyledText("abc", RED), StyledText("def", TextStyle())),)
    )

    (line,) = preview(shown, ONE, Size(5, 3))
    assert [(part.text, part.style) for part in line] == [("abc", RED), ("de", TextStyle())]


def test_of_a_picture_that_is_too_tall_the_bottom_is_seen():
    styled_rows = tuple((StyledText(str(n), RED),) for n in range(9))

    assert [
        text_of(r) for r in preview(render_input(ONE, styled_rows=styled_rows), ONE, Size(9, 2))
    ] == [
        "7",
        "8",
    ]


@pytest.mark.parametrize("below", [(), ((),)], ids=["none", "blank"])
def test_the_last_words_of_an_agent_that_ended_stand_above_what_tmux_says_of_that(below):
    dead = agent(1, "one", Health.EXITED)
    words, notice = (StyledText("bye", RED),), (StyledText("Pane is dead", TextStyle()),)
    gap = ((), (StyledText("   ", TextStyle()),)) * 20
    shown = render_input(dead, styled_rows=(*gap, words, *gap, notice, *below))

    def seen(rows):
        return [text_of(line) for line in preview(shown, dead, Size(20, rows))]

    assert seen(5) == ["bye", "", "Pane is dead", "", "  ended 20:00:00  ac"]
    assert seen(1) == ["Pane is dead"]
    assert (
        text_of(preview(render_input(dead, styled_rows=(words,)), dead, Size(20, 3))[0]) == "bye"
    )


def test_of_an_agent_that_ended_it_says_when_and_how_and_what_starts_it_again():
    told = verdict(Health.EXITED, "process-ended", "exit status 3", 60.0)
    dead = agent(1, "one", verdict=told, gone=True)
    lines = [text_of(line) for line in preview(render_input(dead), dead, Size(80, 9))]

    assert lines[1:] == [
        "  its tmux session is gone",
        "",
        "  ended 20:01:00  process-ended: exit status 3  R starts it again",
    ]
    shown = render_input(dead, timeline=played(), styled_rows=())
    assert "starts" not in "".join(map(text_of, preview(shown, dead, Size(80, 9))))


def test_the_whole_screen_is_read_of_one_that_ended_alone():
    assert rows_to_read(agent(1, "one", Health.EXITED), 5) > 500
    assert rows_to_read(agent(1, "one", Health.EXITED), 0) == 0
    assert rows_to_read(ONE, 5) == 5
    assert rows_to_read(None, 5) == 5


def test_where_there_is_no_picture_it_says_why():
    gone = attrs.evolve(ONE, gone=True)

    assert "being read" in text_of(preview(render_input(ONE), ONE, Size(60, 5))[1])
    assert "session is gone" in text_of(preview(render_input(gone), gone, Size(60, 5))[1])
    assert preview(render_input(), None, Size(60, 5)) == []


def test_the_title_says_what_is_shown():
    line = text_of(title(render_input(ONE), ONE, 60))

    assert line.startswith("── 🟢 one claude · /srv · fix it · 200x50 ─")
    assert text_of(title(render_input(ONE), ONE, 60, "grounds")).startswith("── 🟢 one grounds ─")
    assert text_of(title(render_input(), None, 5)) == "─────"
