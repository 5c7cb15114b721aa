import json

from oma.web.streams.frames import Numbering, frame


def test_an_event_is_on_its_lines_whatever_it_holds():
    told = frame("lines", {"lines": ["a\n\ndata: b\r", "\u2028"]}, "x-1")

    assert told.startswith(b"id: x-1\nevent: lines\ndata: ")
    assert told.count(b"\n") == 4
    assert b"\r" not in told
    assert json.loads(told.split(b"data: ", 1)[1]) == {"lines": ["a\n\ndata: b\r", "\u2028"]}


def test_a_place_is_known_by_its_name_in_the_run_that_gave_it():
    numbering = Numbering()

    assert numbering.number(numbering.ident(12)) == 12
    assert Numbering().number(numbering.ident(12)) is None
    for wrong in ("", "x", f"{numbering.run}-", f"{numbering.run}--1", f"{numbering.run}-²"):
        assert numbering.number(wrong) is None
