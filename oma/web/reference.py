"""The reference of the API as a page: made of the schema, without a script, and offline."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;"
    "color-scheme:light dark}code{font-size:.95em}h2{margin:1.6em 0 .2em;font-size:1.05em}"
    "td{padding:0 1em 0 0;vertical-align:top}"
)

Schema = Mapping[str, Any]  # a document of OpenAPI: a mapping of anything


def reference(schema: Schema) -> str:
    """Return the page that lists every path of an OpenAPI schema."""
    title, version = escape(schema["info"]["title"]), escape(schema["info"]["version"])
    parts = [
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title} {version}</title>',
        f"<style>{_STYLE}</style><h1>{title} {version}</h1>",
        "<p>The same for programs: <a href='openapi.json'>openapi.json</a>.</p>",
    ]
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            parts += _operation(schema, path, method, told)
    return "\n".join(parts) + "</html>\n"


def _operation(schema: Schema, path: str, method: str, told: Schema) -> Iterator[str]:
    yield f"<h2><code>{escape(method.upper())} {escape(path)}</code></h2>"
    yield f"<p>{escape(told.get('description', ''))}</p><table>"
    for parameter in told.get("parameters", ()):
        about = _kind(parameter["schema"])
        yield _row(parameter["name"], f"{parameter['in']}, {about}")
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    for name, field in _fields(schema, body.get("schema", {})).items():
        yield _row(name, f"body, {_kind(field)}")
    yield "</table>"


def _row(name: str, about: str) -> str:
    return f"<tr><td><code>{escape(name)}</code></td><td>{escape(about)}</td></tr>"


def _fields(schema: Schema, body: Schema) -> Schema:
    name = body.get("$ref", "").rpartition("/")[2]
    found: Schema = schema.get("components", {}).get("schemas", {}).get(name, body)
    fields: Schema = found.get("properties", {})
    return fields


def _kind(field: Schema) -> str:
    kinds = field.get("anyOf", [field])
    words = [each.get("type") or each.get("$ref", "").rpartition("/")[2] for each in kinds]
    limits = [f"{key} {field[key]}" for key in ("pattern", "default") if key in field]
    return ", ".join([" or ".join(filter(None, words)), *limits])
