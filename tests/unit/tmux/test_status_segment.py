import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.attention import ORDER
from oma.model.health import Health
from oma.tmux.status_segment import status_text, window_mark, window_marks
from tests.support.strategies import texts
from tests.unit.tui.fleets import agent


@pytest.mark.parametrize(
    ("healths", "text"),
    [
        ("", ""),
        ("ok ok", "2 ok"),
        ("exited", ""),
        (
            "ok stuck waiting waiting idle",
            "#[fg=white,bg=blue,bold] 2 waiting #[default]"
            " #[fg=white,bg=red,bold] 1 stuck #[default] 1 idle 1 ok",
        ),
    ],
)
def test_agents_are_counted_those_in_need_first_and_coloured(healths, text):
    assert status_text(map(Health, healths.split())) == text


def test_every_health_has_a_mark():
    assert "?" in window_mark(Health.WAITING)
    assert "!" in window_mark(Health.STUCK)
    assert {window_mark(health) for health in (Health.OK, Health.IDLE)} == {"\N{BULLET}"}


def test_a_window_is_marked_for_the_agent_in_it_that_needs_the_user_most():
    agents = [
        agent(1, health=Health.OK, window="@1"),
        agent(2, health=Health.WAITING, window="@1"),
        agent(3, health=Health.STUCK, window="@1"),
        agent(4, health=Health.OK, window="@2"),
        agent(5, health=Health.EXITED, window="@3"),
        agent(6, health=Health.WAITING, window="@4", gone=True),
        agent(7, health=Health.WAITING),
    ]

    assert window_marks(agents) == {
        "@1": window_mark(Health.WAITING),
        "@2": window_mark(Health.OK),
    }


@given(st.lists(st.tuples(texts(), st.sampled_from(ORDER)), max_size=5))
def test_nothing_of_an_agent_but_its_health_is_shown(agents):
    made = [
        agent(n, name=name, health=health, title=name, window=f"@{n}")
        for n, (name, health) in enumerate(agents)
    ]
    plain = [agent(n, health=health, window=f"@{n}") for n, (_, health) in enumerate(agents)]

    assert window_marks(made) == window_marks(plain)
