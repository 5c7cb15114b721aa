import pytest

from oma.errors import ConfigError
from oma.web.auth.send_filter import SendFilter


def test_without_patterns_everything_may_be_sent():
    assert SendFilter.of((), ()).denial_reason("rm -rf /") == ""


def test_what_is_forbidden_is_found_anywhere():
    sending = SendFilter.of((), (r"\brm\s+-rf\b",))

    assert "send_deny" in sending.denial_reason("please RM  -rf /")
    assert "send_deny" in sending.denial_reason("first\nrm\n-rf x")
    assert sending.denial_reason("farm -rf") == ""


def test_each_line_has_to_be_allowed():
    sending = SendFilter.of((r"^(yes|no|continue)$",), ())

    assert sending.denial_reason("Continue\n\nyes") == ""
    assert "send_allow" in sending.denial_reason("yes\nrm -rf /")


def test_what_forbids_outweighs():
    assert "send_deny" in SendFilter.of(("a",), ("a",)).denial_reason("a")


def test_a_bad_pattern_names_the_option():
    with pytest.raises(ConfigError, match=r"\[web\] send_deny: bad pattern"):
        SendFilter.of((), ("(",))
