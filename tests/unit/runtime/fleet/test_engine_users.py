"""Who may do what on an engine; that these rules hold is tried on real ones (`test_engine_tls`, `test_published`)."""

import hashlib
from pathlib import Path

import pytest

from oma.errors import ProtocolError
from oma.runtime.fleet.engine_users import machine_rules, user_line, viewer_rules

DOCUMENT = (Path(__file__).parents[4] / "docs" / "fleet.md").read_text("utf-8")


def test_the_rules_are_those_of_the_document():
    assert f"user box on >PASSWORD {machine_rules('box')}\n" in DOCUMENT
    assert f"user viewer on >PASSWORD {viewer_rules()}\n" in DOCUMENT


def test_a_line_holds_the_hash_of_a_password():
    digest = hashlib.sha256(b"secret").hexdigest()

    assert user_line("box", "secret", machine_rules("box")).startswith(f"user box on #{digest} ")


def test_a_machine_that_cannot_be_called_so_has_no_rules():
    with pytest.raises(ProtocolError):
        machine_rules("a b")
