import pytest

from oma.tmux.options import ServerOptions, parse_server_options


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        (["off", "off"], ServerOptions(destroy_unattached=False, remain_on_exit=False)),
        (["on", "failed"], ServerOptions(destroy_unattached=True, remain_on_exit=True)),
        (["keep-last", "on"], ServerOptions(destroy_unattached=True, remain_on_exit=True)),
        (["0", "0"], ServerOptions(destroy_unattached=False, remain_on_exit=False)),
        (["off"], None),
        ([], None),
    ],
)
def test_what_is_not_off_is_on(lines, options):
    assert parse_server_options(lines) == options
