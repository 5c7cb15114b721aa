"""The options of `oma web` are options like the others."""

import attrs

from oma.config.web_section import WebSection


def test_every_default_can_be_configured():
    for field in attrs.fields(WebSection):
        accepted = field.metadata["kind"].accept(
            list(field.default) if isinstance(field.default, tuple) else field.default
        )
        assert accepted == field.default


def test_every_option_is_explained_in_a_sentence():
    assert all(field.metadata["about"].endswith(".") for field in attrs.fields(WebSection))
