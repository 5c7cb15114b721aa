import re
from xml.etree import ElementTree as ET

from oma.model.health import Health
from oma.scoring.page import page
from oma.scoring.score import Score, Stretch

SCORE = Score(
    (
        Stretch(0.0, 5.0, Health.OK, Health.OK, "x/busy"),
        Stretch(5.0, 10.0, Health.WAITING, None, "<b>&'\""),
    ),
    (),
)


def tree(scores):
    """The page, read by a parser that takes nothing amiss."""
    return ET.fromstring(
        page(scores).replace("<!doctype html>", "").replace('<meta charset="utf-8">', "")
    )


def test_truth_stands_above_the_verdict_at_the_same_place():
    found = [
        (bar.get("x"), bar.get("y"), bar.get("width"), bar[0].text)
        for bar in tree([("a.jsonl", SCORE)]).iter("rect")
    ]

    assert found == [
        ("0.00", "0", "500.00", "0.00 to 5.00 s: OK"),
        ("0.00", "20", "500.00", "0.00 to 5.00 s: OK (x/busy)"),
        ("500.00", "0", "500.00", "5.00 to 10.00 s: WAITING"),
        ("500.00", "20", "500.00", "5.00 to 10.00 s: not known (<b>&'\")"),
    ]


def test_each_mistake_is_a_row_of_a_table():
    rows = [[cell.text for cell in row] for row in tree([("a", SCORE)]).iter("tr")]

    assert rows[1:] == [["5.00", "10.00", "WAITING", "not known", "<b>&'\""]]


def test_a_recording_without_labels_says_so():
    assert "none: nothing is labelled" in page([("none", Score((), ()))])


def test_nothing_hostile_reaches_the_page_as_markup_and_nothing_is_loaded():
    written = page([("<script>alert(1)</script>", SCORE)])

    assert "<script" not in written
    assert "<b>" not in written
    assert not re.search(r"(?:src|href)=|url\(", written)
