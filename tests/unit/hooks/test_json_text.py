import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import OmaError
from oma.hooks.json_text import parse_settings, render_settings

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.sampled_from(["\ud83d", "\u2028", "é", '"', "\\"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
SETTINGS = st.dictionaries(st.text(max_size=4), VALUES, max_size=4)


@given(SETTINGS, st.sampled_from([2, 4, "\t", None]), st.booleans())
def test_what_is_read_is_written_again(settings, indent, ascii_only):
    text = json.dumps(settings, indent=indent, ensure_ascii=True)
    again = render_settings(parse_settings(text, "f"), text)

    assert parse_settings(again, "f") == settings
    assert again.encode().decode() == again


@pytest.mark.parametrize(
    "text",
    [
        '{\n  "a": 1,\n  "b": [\n    "é"\n  ]\n}\n',
        '{\n    "a": {\n        "b": 1\n    }\n}',
        '{\n\t"a": 1\n}\n',
        '{\r\n  "a": 1\r\n}\r\n',
        '\ufeff{\n  "a": 1\n}\n',
        '\ufeff{\r\n\t"a": 1\r\n}',
    ],
)
def test_indent_and_line_ends_stay(text):
    assert render_settings(parse_settings(text, "f"), text) == text


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_blank_file_holds_no_settings_and_gets_the_usual_style(text):
    assert parse_settings(text, "f") == {}
    assert render_settings({"a": 1}, text) == '{\n  "a": 1\n}\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{\n  "a": 1,\n  // why\n  "b": 2\n}', r"^f\.json:3: not JSON: "),
        ('{"a": 1,}', r"^f\.json:1: not JSON: "),
        ("[1]", r"^f\.json:1: not a JSON object$"),
        ('{"a": {"b": 1, "b": 2}}', r"^f\.json: cannot .* 'b' stands twice in one object$"),
        ('{"a": 1e999}', r"^f\.json: cannot .* 1e999 is beyond every limit$"),
        ('{"a": NaN}', r"^f\.json: cannot .* NaN is not JSON$"),
        ('{"a":' + "[" * 100_000, r"^f\.json: cannot "),
    ],
)
def test_what_would_not_survive_is_refused(text, complaint):
    with pytest.raises(OmaError, match=complaint):
        parse_settings(text, "f.json")
