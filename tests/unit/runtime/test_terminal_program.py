"""A terminal program on this machine."""

import pytest

from oma.errors import OmaError
from oma.runtime.terminal_program import open_terminal_program


async def test_it_gets_the_command(tmp_path):
    script = f'echo "$@" > {tmp_path}/words'

    assert await open_terminal_program(("sh", "-c", script, "x"), ["a", "b"]) == "sh"
    assert (tmp_path / "words").read_text() == "a b\n"


@pytest.mark.parametrize(
    ("terminal", "why"),
    [
        ((), "'': not found on PATH"),
        (("no-such-terminal",), "'no-such-terminal': not found on PATH"),
        (("sh", "-c", "exit 3"), "'sh' ended with 3"),
    ],
)
async def test_what_does_not_open_is_told(terminal, why):
    with pytest.raises(OmaError, match=why):
        await open_terminal_program(terminal, [])
