"""The library and what this package says of it."""

import ctypes

import pytest
from pyghostty import _ffi

from oma.screen import ghostty

CALLS = ("new", "free", "set", "get", "get_multi", "vt_write", "grid_ref", "selection_format_buf")


def test_the_library_is_loaded_once():
    assert ghostty.library() is ghostty.library()


@pytest.mark.parametrize("name", CALLS)
def test_a_call_takes_and_gives_what_the_header_of_the_package_says(name):
    ours = getattr(ghostty.library().calls, f"ghostty_terminal_{name}")
    theirs = _ffi.ffi.typeof(getattr(_ffi.lib, f"ghostty_terminal_{name}"))

    assert [ctypes.sizeof(kind) for kind in ours.argtypes] == [
        _ffi.ffi.sizeof(kind) for kind in theirs.args
    ]
    assert (ours.restype is None) == (theirs.result.kind == "void")


@pytest.mark.parametrize("name", ["TITLE", "CURSOR_X", "VT_PROCESSING_ERROR"])
def test_numbers_are_those_of_the_package(name):
    assert ghostty.library().facts[name] == getattr(_ffi.lib, f"GHOSTTY_TERMINAL_DATA_{name}")


def test_a_glance_asks_for_what_its_fields_are_called():
    count, keys, places, _ = ghostty.library().glance_arguments

    assert list(keys) == [
        getattr(_ffi.lib, f"GHOSTTY_TERMINAL_DATA_{field[0]}")
        for field in ghostty.Numbers._fields_
    ]
    assert (count, len(places)) == (len(keys), len(keys))


@pytest.mark.parametrize(
    "described",
    [
        {"size": 8, "fields": {"x": {"offset": 4}, "y": {"offset": 0}}},
        {"size": 16, "fields": {"x": {"offset": 0}, "y": {"offset": 4}}},
        {"size": 8, "fields": {"x": {"offset": 0}}},
    ],
)
def test_a_library_with_another_layout_is_refused(described):
    with pytest.raises(ImportError, match="another version"):
        ghostty._compare("GhosttyPointCoordinate", ghostty.Coordinate, described)
