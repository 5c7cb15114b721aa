import re
from typing import get_args

import attrs
import orjson
import pytest
from hypothesis import given, settings

from oma.errors import RecordingError
from oma.model.events import (
    Event,
    PaneOutput,
    PaneSeen,
    ProcessesSampled,
    ProcessSample,
    SessionOpened,
    Unknown,
)
from oma.recording.codec import TAGS, from_fields, tag_of, to_fields
from tests.support.strategies import BY_CLASS, events

SEEN = PaneSeen("%4", "$3", "@2", 77, "claude", "title", "/srv", 80, 24)
SEEN_FIELDS = {
    "pane": "%4",
    "session": "$3",
    "window": "@2",
    "pid": 77,
    "command": "claude",
    "title": "title",
    "cwd": "/srv",
    "columns": 80,
    "rows": 24,
}
SAMPLE_FIELDS = {"pane": "%4", "argv": ["a"], "children": 0, "cpu_percent": None, "rss_bytes": 1}


def test_every_event_but_unknown_has_exactly_one_tag():
    tagged = list(TAGS.values())

    assert len(tagged) == len(set(tagged))
    assert {*tagged, Unknown} == set(get_args(Event))


def test_every_event_has_a_strategy():
    assert set(BY_CLASS) == set(get_args(Event))


def test_tags_are_the_class_names_in_kebab_case():
    for tag, kind in TAGS.items():
        assert tag == re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


@pytest.mark.parametrize("kind", BY_CLASS, ids=lambda kind: kind.__name__)
def test_every_event_survives_its_fields(kind):
    @settings(max_examples=25)
    @given(BY_CLASS[kind])
    def check(event):
        assert from_fields(tag_of(event), to_fields(event)) == event

    check()


@settings(max_examples=50)
@given(events())
def test_fields_hold_nothing_but_what_json_knows(event):
    def check(value):
        assert value is None or type(value) in (str, int, float, bool, list, dict)
        if type(value) is dict:
            value = [*value.keys(), *value.values()]
        if type(value) is list:
            for inner in value:
                check(inner)

    check(to_fields(event))


def test_a_field_that_holds_its_default_is_left_out():
    assert to_fields(SEEN) == SEEN_FIELDS
    assert to_fields(attrs.evolve(SEEN, dead=True, dead_status=0, idle_s=0.0)) == {
        **SEEN_FIELDS,
        "dead": True,
        "dead_status": 0,
        "idle_s": 0.0,
    }


def test_a_field_that_is_left_out_holds_its_default():
    assert from_fields("pane-seen", SEEN_FIELDS) == SEEN


def test_output_is_text_or_base64():
    assert to_fields(PaneOutput("%4", "é".encode())) == {"pane": "%4", "text": "é"}
    assert to_fields(PaneOutput("%4", b"\xff")) == {"pane": "%4", "base64": "/w=="}


@pytest.mark.parametrize("missing", SEEN_FIELDS)
def test_a_missing_field_is_refused_by_name(missing):
    fields = {name: value for name, value in SEEN_FIELDS.items() if name != missing}

    with pytest.raises(
        RecordingError, match=f"^pane-seen: field '{missing}' is missing, expected a"
    ):
        from_fields("pane-seen", fields)


@pytest.mark.parametrize(
    ("tag", "fields", "words"),
    [
        ("pane-seen", {**SEEN_FIELDS, "pid": "7"}, "pane-seen: field 'pid': expected an integer, got '7'"),
        ("pane-seen", {**SEEN_FIELDS, "columns": 2**40}, "pane-seen: field 'columns': expected a number of cells"),
        ("pane-seen", {**SEEN_FIELDS, "dead_status": "x"}, "field 'dead_status': expected an integer or null"),
        ("pane-output", {"pane": "4", "text": ""}, "pane-output: field 'pane': expected a pane id such as '%4', got '4'"),
        ("pane-output", {"text": ""}, "pane-output: field 'pane' is missing"),
        ("pane-output", {"pane": "%4"}, "pane-output: field 'data': expected 'text', or 'base64'"),
        ("pane-output", {"pane": "%4", "text": "\udc80"}, "pane-output: field 'data': expected"),
        ("processes-sampled", {"samples": {}}, "processes-sampled: field 'samples': expected an array of objects"),
        ("processes-sampled", {"samples": [1]}, "processes-sampled: field 'samples': expected an array of objects"),
        (
            "processes-sampled",
            {"samples": [SAMPLE_FIELDS, {**SAMPLE_FIELDS, "children": None}]},
            "a sample of processes-sampled: field 'children': expected an integer, got None",
        ),
    ],
    ids=lambda value: "" if isinstance(value, dict) else None,
)  # fmt: skip
def test_a_field_of_the_wrong_kind_is_refused_with_what_was_expected(tag, fields, words):
    with pytest.raises(RecordingError, match=re.escape(words)):
        from_fields(tag, fields)


def test_a_huge_wrong_value_makes_a_short_message():
    with pytest.raises(RecordingError) as refusal:
        from_fields("server-lost", {"reason": ["\x1b[2J\n" * 100_000]})

    assert len(str(refusal.value)) < 200
    assert str(refusal.value).isprintable()


def test_a_field_that_a_known_tag_does_not_have_is_ignored():
    opened = from_fields("session-opened", {"session": "$3", "name": "a", "colour": "red"})

    assert opened == SessionOpened("$3", "a")


def test_an_unknown_tag_is_kept_whole_and_written_back():
    fields = {"pane": 4, "nested": {"list": [1, None, {"a": True}]}}

    event = from_fields("pane-painted", fields)

    assert event == Unknown("pane-painted", fields)
    assert tag_of(event) == "pane-painted"
    assert orjson.dumps(to_fields(event)) == orjson.dumps(fields)


def test_samples_are_objects_and_come_back_as_values():
    sampled = ProcessesSampled((ProcessSample("%4", ("node", "x"), 2, 1.5, 4096),))

    fields = orjson.loads(orjson.dumps(to_fields(sampled)))

    assert fields["samples"] == [
        {"pane": "%4", "argv": ["node", "x"], "children": 2, "cpu_percent": 1.5, "rss_bytes": 4096}
    ]
    assert from_fields("processes-sampled", fields) == sampled
