"""The page's types are those of the API."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / ".ci" / "page_types.py"


@pytest.fixture(scope="module")
def page_types():
    spec = importlib.util.spec_from_file_location("page_types", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_types_that_are_checked_in_are_those_of_the_api(page_types, monkeypatch):
    monkeypatch.setattr("sys.argv", [str(SCRIPT), "--check"])

    assert page_types.main() == 0, "run 'npm run types' in oma/web/ui"


def test_types_that_are_stale_are_noticed(page_types, monkeypatch, tmp_path, capsys):
    stale = tmp_path / "types.ts"
    stale.write_text("export type Role = string;")
    monkeypatch.setattr(page_types, "TYPES", stale)
    monkeypatch.setattr("sys.argv", [str(SCRIPT), "--check"])

    assert page_types.main() == 1
    assert "npm run types" in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", [str(SCRIPT)])
    assert page_types.main() == 0
    assert "export interface Agent {" in stale.read_text()


def test_what_becomes_of_each_kind_of_schema(page_types):
    fields = {
        "of": {"$ref": "#/components/schemas/Kind", "description": "Said\nso */."},
        "all": {"type": "array", "items": {"type": "integer"}},
        "may": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "one": {"const": "one", "type": "string"},
    }
    schemas = {
        "Thing": {"type": "object", "properties": fields, "required": ["of", "all", "one"]},
        "Kind": {"enum": ["a", "b"], "type": "string"},
    }

    kind, thing = page_types.typescript({"components": {"schemas": schemas}}).split("\n\n")[1:]

    assert kind == 'export type Kind = "a" | "b";'
    assert thing.splitlines() == [
        "export interface Thing {",
        "  /** Said so * /. */",
        "  readonly of: Kind;",
        "  readonly all: readonly number[];",
        "  readonly may?: string | null;",
        '  readonly one: "one";',
        "}",
    ]


def test_a_schema_that_no_type_is_known_for_stops_it(page_types):
    fields = {"any": {"type": "array"}}
    document = {"components": {"schemas": {"X": {"type": "object", "properties": fields}}}}

    with pytest.raises(ValueError, match="no type of TypeScript"):
        page_types.typescript(document)
