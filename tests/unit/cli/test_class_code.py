import importlib
import linecache
import marshal
import os
import sys

import attr._make
import attrs
import pytest

from oma.cli.class_code import (
    AttrsFinder,
    ClassCode,
    code_path,
    compile_by,
    forget_texts,
    kept_class_code,
    read_code,
    stable_hash,
)


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "attrs.code")


@pytest.fixture
def kept_by(monkeypatch):
    """Give a function that lets attrs compile by some code until the test ends."""
    for name in ("compile", "hash"):
        monkeypatch.setattr(attr._make, name, None, raising=False)
    return lambda code: compile_by(attr._make, code)


def value_of(code):
    found = {}
    exec(code, found)
    return found["x"]


def test_a_text_that_was_compiled_in_an_earlier_run_is_not_compiled_again(path):
    first = ClassCode(path)
    assert value_of(first.compile("x = 1", "<a>", "exec")) == 1
    first.write()
    other = marshal.dumps(compile("x = 2", "<a>", "exec"))
    assert read_code(path).keys() == {("<a>", "x = 1")}
    with open(path, "wb") as file:
        file.write(marshal.dumps({("<a>", "x = 1"): other}))
    assert value_of(ClassCode(path).compile("x = 1", "<a>", "exec")) == 2


def test_a_text_that_is_another_one_is_compiled(path):
    with open(path, "wb") as file:
        file.write(marshal.dumps({("<a>", "x = 1"): marshal.dumps(compile("x = 3", "", "exec"))}))
    code = ClassCode(path)
    assert value_of(code.compile("x = 2", "<a>", "exec")) == 2
    assert value_of(code.compile("x = 1", "<b>", "exec")) == 1


@pytest.mark.parametrize("content", [b"", b"no code", marshal.dumps([1]), marshal.dumps({})[:-1]])
def test_a_file_that_was_cut_off_is_as_none_and_is_written_anew(path, content):
    with open(path, "wb") as file:
        file.write(content)
    code = ClassCode(path)
    assert value_of(code.compile("x = 1", "<a>", "exec")) == 1
    code.write()
    assert set(read_code(path)) == {("<a>", "x = 1")}


@pytest.mark.parametrize("kept", [b"", b"?", marshal.dumps("no code")])
def test_code_that_is_none_is_compiled(path, kept):
    with open(path, "wb") as file:
        file.write(marshal.dumps({("<a>", "x = 1"): kept}))
    assert value_of(ClassCode(path).compile("x = 1", "<a>", "exec")) == 1


def test_what_another_run_wrote_meanwhile_stays(path):
    one, other = ClassCode(path), ClassCode(path)
    one.compile("x = 1", "<a>", "exec")
    other.compile("x = 2", "<b>", "exec")
    one.write()
    other.write()
    assert set(read_code(path)) == {("<a>", "x = 1"), ("<b>", "x = 2")}


def test_what_old_versions_left_is_dropped_when_it_is_too_much(path, monkeypatch):
    old = ClassCode(path)
    old.compile("x = 1", "<old>", "exec")
    old.write()
    monkeypatch.setattr("oma.cli.class_code._MOST_BYTES", os.path.getsize(path) + 10)
    new = ClassCode(path)
    new.compile("x = 2", "<new>", "exec")
    new.write()
    assert set(read_code(path)) == {("<new>", "x = 2")}


def test_the_file_is_for_its_owner_and_stands_where_byte_code_does(tmp_path):
    (tmp_path / "made").mkdir()
    made = ClassCode(str(tmp_path / "made" / "c"))
    made.compile("x = 1", "<a>", "exec")
    made.write()
    assert [file.name for file in (tmp_path / "made").iterdir()] == ["c"]
    assert (tmp_path / "made" / "c").stat().st_mode & 0o777 == 0o600
    assert sys.implementation.cache_tag in code_path("/somewhere/module.py")


def test_a_place_that_takes_no_file_is_no_failure(tmp_path):
    code = ClassCode(str(tmp_path / "nowhere" / "c"))
    code.compile("x = 1", "<a>", "exec")
    code.write()


def test_classes_of_attrs_are_as_they_were_made_first(path, kept_by):
    def made():
        @attrs.frozen
        class Point:
            x: int
            y: int = 2

        return Point

    first = ClassCode(path)
    kept_by(first)
    one = made()
    first.write()
    assert read_code(path)
    second = ClassCode(path)
    kept_by(second)
    other = made()
    assert not second._compiled
    for kind in (one, other):
        assert kind(1) == kind(1, 2) != kind(2)
        assert hash(kind(1)) == hash(kind(1)) != hash(kind(3))
        assert repr(kind(1)).endswith("Point(x=1, y=2)")
    assert one(1) != other(1)


def test_the_finder_goes_when_attrs_is_there(path, monkeypatch):
    for name in ("compile", "hash"):
        monkeypatch.setattr(attr._make, name, None, raising=False)
    finder = AttrsFinder(ClassCode(path))
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    assert importlib.util.find_spec("no_module_of_this_name") is None  # asks all finders
    assert finder not in sys.meta_path
    assert attr._make.compile.__self__ is finder._code


def test_the_finder_is_gone_after_the_block(monkeypatch):
    monkeypatch.delitem(sys.modules, "attr._make")
    before = list(sys.meta_path)
    with kept_class_code():
        assert len(sys.meta_path) == len(before) + 1
    assert sys.meta_path == before


def test_only_texts_have_a_hash_of_ours():
    assert stable_hash("a") == 0xE8B7BE43
    assert stable_hash((1, "a")) == hash((1, "a"))


def test_a_run_that_lasts_holds_no_texts(path, kept_by, monkeypatch):
    first = ClassCode(path)
    first.compile("x = 1", "<a>", "exec")
    first.compile("x = 2", "<b>", "exec")
    first.write()
    code = ClassCode(path)
    kept_by(code)
    code.compile("x = 1", "<a>", "exec")
    monkeypatch.setitem(linecache.cache, "<attrs>", (1, None, ["x"], "<attrs>"))

    forget_texts()

    assert not code._kept
    assert "<attrs>" not in linecache.cache
    before = os.stat(path).st_mtime_ns, read_code(path)
    assert value_of(code.compile("x = 2", "<b>", "exec")) == 2
    code.write()
    assert (os.stat(path).st_mtime_ns, read_code(path)) == before


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    (tmp_path / "kept").mkdir()
    code = ClassCode(str(tmp_path / "kept" / "c"))
    code.compile("x = 1", "<a>", "exec")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("oma.cli.class_code.os.replace", full)
    code.write()
    assert list((tmp_path / "kept").iterdir()) == []
