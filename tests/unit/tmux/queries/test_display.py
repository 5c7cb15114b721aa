import pytest

from oma.errors import ProtocolError
from oma.tmux.queries import display
from oma.tmux.queries.display import ViewRow


def test_the_question_is_about_one_session_alone():
    assert display.list_fitness("$1").filter == "#{==:#{session_id},$1}"


def test_clients_without_a_terminal_or_a_session_are_no_views():
    lines = ["0 $1 /dev/pts/1", "1 $1 ", "1 $2 /dev/pts/3", "0  /dev/pts/2", ""]

    assert display.parse_views(lines) == (ViewRow("/dev/pts/1", "$1"),)


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        ([""], None),
        (["$1 off"], False),
        (["$1 0"], False),
        (["$1 on"], True),
        (["$1 keep-last"], True),
    ],
)
def test_a_session_says_whether_it_ends_with_its_last_client(lines, row):
    assert display.parse_fitness(lines) == row


@pytest.mark.parametrize(
    "parse",
    [display.parse_views, display.parse_fitness],
    ids=lambda p: p.__name__,
)
@pytest.mark.parametrize("line", ["x", "0 x y", "0 @1 $1 1 1 t", "1"])
def test_an_answer_to_something_else_is_refused(parse, line):
    with pytest.raises(ProtocolError):
        parse([line])
