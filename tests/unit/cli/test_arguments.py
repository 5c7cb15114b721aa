"""How what was parsed becomes an options value, and what subcommands share."""

import argparse
from typing import NamedTuple

import attrs
import pytest

from oma.cli.arguments import (
    WEB_PORT,
    add_dashboard_options,
    add_global_options,
    add_hosts,
    add_json,
    add_record,
    add_rule_options,
    add_version,
    options_of,
)


@attrs.frozen(kw_only=True)
class Inner:
    config: str | None = None
    depth: int


@attrs.frozen(kw_only=True)
class Outer:
    config: str | None = None
    words: tuple[str, ...] = ()
    inner: Inner


class Light(NamedTuple):
    words: tuple[str, ...]


def test_nested_options_are_made_from_the_same_arguments():
    found = {"config": "f", "words": ["a", "b"], "depth": 3, "subcommand": None}

    made = options_of(Outer, found)

    assert made == Outer(config="f", words=("a", "b"), inner=Inner(config="f", depth=3))
    assert options_of(Light, found) == Light(("a", "b"))


def test_a_field_without_an_argument_is_an_error():
    with pytest.raises(KeyError, match="depth"):
        options_of(Inner, {"config": None})


def parse(add, *words):
    parser = argparse.ArgumentParser()
    add(parser)
    return vars(parser.parse_args(words))


@pytest.mark.parametrize(
    ("add", "words", "found"),
    [
        (
            add_global_options,
            ("-L", "a", "-S", "b", "--config", "c", "--match", "d", "--only-own", "--no-service"),
            {
                "socket_name": "a",
                "socket_path": "b",
                "config": "c",
                "match": "d",
                "only_own": True,
                "no_service": True,
            },
        ),
        (
            lambda parser: add_dashboard_options(parser, "title"),
            ("--record", "f", "--ascii"),
            {
                "record": "f",
                "ascii": True,
                "web": False,
                "web_port": WEB_PORT,
                "ssh": None,
                "hosts": False,
                "fleet": None,
            },
        ),
        (
            add_hosts,
            ("--ssh", "a,b", "--hosts", "--fleet", "u"),
            {"ssh": "a,b", "hosts": True, "fleet": "u"},
        ),
        (
            lambda parser: add_rule_options(parser, "about"),
            ("--profile", "p", "--profiles", "d"),
            {"profile": "p", "profiles": "d"},
        ),
        (add_json, ("--json",), {"json": True}),
        (add_record, (), {"record": None}),
    ],
)
def test_arguments_have_the_names_of_the_fields(add, words, found):
    assert parse(add, *words) == found


def test_the_version_is_printed_and_named_only_where_that_is_asked_for(capsys):
    for about in (argparse.SUPPRESS, "show it"):
        parser = argparse.ArgumentParser(prog="oma")
        add_version(parser, about)
        with pytest.raises(SystemExit):
            parser.parse_args(["--version"])
        assert capsys.readouterr().out.startswith("oma ")
        assert ("show it" in parser.format_help()) == (about == "show it")
