import pytest

from oma.errors import ConfigError
from oma.web.sending import Sending


def test_without_patterns_everything_may_be_sent():
    assert Sending.of((), ()).objection("rm -rf /") == ""


def test_what_is_forbidden_is_found_anywhere():
    sending = Sending.of((), (r"\brm\s+-rf\b",))

    assert "send_deny" in sending.objection("please RM  -rf /")
    assert "send_deny" in sending.objection("first\nrm\n-rf x")
    assert sending.objection("farm -rf") == ""


def test_each_line_has_to_be_allowed():
    sending = Sending.of((r"^(yes|no|continue)$",), ())

    assert sending.objection("Continue\n\nyes") == ""
    assert "send_allow" in sending.objection("yes\nrm -rf /")


def test_what_forbids_outweighs():
    assert "send_deny" in Sending.of(("a",), ("a",)).objection("a")


def test_a_bad_pattern_names_the_option():
    with pytest.raises(ConfigError, match=r"\[web\] send_deny: bad pattern"):
        Sending.of((), ("(",))
