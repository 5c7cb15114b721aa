import pytest

from oma.hooks.terminal import pseudo_terminal


@pytest.mark.parametrize(
    ("device", "path"),
    [
        (34817, "/dev/pts/1"),
        (34816, "/dev/pts/0"),
        # 136 << 8 | low 8 bits of 1000 | its high bits << 12
        (3180776, "/dev/pts/1000"),
        (35072, "/dev/pts/256"),
        (0, None),
        # a console, and a serial line
        (1025, None),
        (1088, None),
    ],
)
def test_a_device_has_a_path_where_it_is_a_pseudo_terminal(device, path):
    assert pseudo_terminal(device) == path
