import pytest

from oma.bench.machine import processor_of


@pytest.mark.parametrize(
    ("cpuinfo", "name"),
    [
        ("processor\t: 0\nmodel name\t: Chip: 3\n\nprocessor\t: 1\nmodel name\t: B\n", "Chip: 3"),
        ("processor: 0\nHardware : board\n", ""),
        ("", ""),
    ],
)
def test_the_processor_is_named_as_linux_names_it(cpuinfo, name):
    assert processor_of(cpuinfo) == name
