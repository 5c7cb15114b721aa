import json
import math

import pytest

from oma.web.serialize import encode, iso


def test_json_is_ascii_whatever_an_agent_wrote():
    value = {"title": "é\x1b\udc80\u2028"}

    assert encode(value).isascii()
    assert json.loads(encode(value)) == value
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode(math.nan)


def test_a_moment_is_told_in_utc():
    assert iso(0.9) == "1970-01-01T00:00:00Z"
