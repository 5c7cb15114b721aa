"""The keys that are not configured."""

import attrs

from oma.config.key_section import KeysSection

FIELDS = attrs.fields(KeysSection)


def test_no_key_does_two_things():
    keys = [key for field in FIELDS for key in field.default]

    assert len(keys) == len(set(keys))


def test_every_default_can_be_configured():
    for field in FIELDS:
        assert field.metadata["kind"].accept(list(field.default)) == field.default


def test_a_sentence_fits_into_a_column_of_the_help():
    for field in FIELDS:
        assert field.metadata["about"].endswith(".")
        assert len(field.metadata["about"]) <= 27
