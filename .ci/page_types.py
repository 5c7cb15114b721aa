"""Writes the page's types from the API's OpenAPI document; with `--check` only says what is stale.

Covers what pydantic makes of our models (objects, arrays, choices of texts, unions, references), and
stops at anything else rather than guess.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from oma.web.app import build_api

TYPES = Path(__file__).parents[1] / "oma" / "web" / "ui" / "src" / "model" / "types.ts"
HEAD = "/** The server's JSON. Made of its OpenAPI document by `npm run types`; not to be edited. */\n"
SIMPLE = {
    "boolean": "boolean",
    "integer": "number",
    "null": "null",
    "number": "number",
    "string": "string",
}

Schema = Mapping[str, Any]  # JSON Schema: a mapping of anything


def typescript(document: Schema) -> str:
    """Return a module with a type for each schema of an OpenAPI document; `AgentDocument` is `Agent`."""
    schemas = document["components"]["schemas"]
    return "\n".join(
        [HEAD, *("\n".join(_declared(name, schemas[name])) + "\n" for name in sorted(schemas))]
    )


def _declared(name: str, schema: Schema) -> Iterator[str]:
    yield from _comment(schema, "")
    name = _named(name)
    if schema.get("type") != "object":
        yield f"export type {name} = {_type(schema)};"
        return
    yield f"export interface {name} {{"
    for field, kind in schema["properties"].items():
        optional = "" if field in schema.get("required", ()) else "?"
        yield from _comment(kind, "  ")
        yield f"  readonly {field}{optional}: {_type(kind)};"
    yield "}"


def _named(schema: str) -> str:
    return schema.removesuffix("Document")


def _comment(schema: Schema, indent: str) -> Iterator[str]:
    if "description" in schema:
        words = " ".join(schema["description"].split()).replace("*/", "* /")
        yield f"{indent}/** {words} */"


def _type(schema: Schema) -> str:
    match schema:
        case {"$ref": reference}:
            return _named(reference.rpartition("/")[2])
        case {"const": value}:
            return json.dumps(value)
        case {"enum": values}:
            return " | ".join(map(json.dumps, values))
        case {"anyOf": kinds} | {"oneOf": kinds}:
            return " | ".join(map(_type, kinds))
        case {"type": "array", "items": items}:
            return f"readonly {_type(items)}[]"
        case {"type": "object", "additionalProperties": {"type": _} as values}:
            return f"Readonly<Record<string, {_type(values)}>>"
        case {"type": simple} if simple in SIMPLE:
            return SIMPLE[simple]
        case _:
            message = f"no type of TypeScript is known for {schema}"
            raise ValueError(message)


def main() -> int:
    """Write the file, or compare it; return the exit code."""
    text = typescript(build_api("any").openapi())
    if "--check" not in sys.argv:
        TYPES.write_text(text)
    elif text != TYPES.read_text():
        sys.stderr.write(f"{TYPES.name}: not what the API says: npm run types makes it anew\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
