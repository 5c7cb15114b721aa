"""Makes the reference of what commands print with `--json` from the types of what they print.

.ci/json_pages.py   writes docs/json.md and docs/json-schema.json; with --check only says what is stale
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from oma.bench.results import Results
from oma.cli import printed_shapes as printed
from oma.cli.finding import Finding
from oma.model import document_shapes as shapes
from oma.notify.notification_shapes import NotificationDocument
from oma.reducers.unexplained import UnexplainedScreen
from oma.runtime.notify.notify_log import LogEntry
from oma.scoring.score_shapes import ScoreDocument
from oma.summary.summary_shapes import AgentDayDocument, DigestDocument
from oma.web.api.described import described

DOCS = Path(__file__).parents[1] / "docs"
PAGE, SCHEMA = DOCS / "json.md", DOCS / "json-schema.json"

ONE, LIST, LINES = "one object", "a list of", "lines of"


class Printed(NamedTuple):
    """What a command prints."""

    command: str
    """With the words that matter; the first one is the command."""
    form: str
    """`ONE`, `LIST`, or `LINES`, each of which is an object."""
    shapes: tuple[Any, ...]
    """Typed dicts, or classes of attrs."""


PRINTED = (
    Printed("status", ONE, (shapes.StatusDocument,)),
    Printed("status --watch", LINES, (shapes.StatusDocument,)),
    Printed("status --ssh HOST", ONE, (printed.HostsStatusDocument,)),
    Printed("watch", LINES, (shapes.TransitionDocument,)),
    Printed("wait", ONE, (shapes.TransitionDocument,)),
    Printed("why", ONE, (shapes.ExplanationDocument,)),
    Printed("why --pane PANE", ONE, (printed.PaneDocument,)),
    Printed("why --pane PANE --recording FILE", LINES, (printed.PlacementDocument,)),
    Printed("send", ONE, (printed.SentDocument,)),
    Printed("queue", LIST, (printed.QueuedDocument,)),
    Printed("events", LINES, (printed.RecordingHeaderDocument, printed.RecordDocument)),
    Printed("history", LIST, (printed.KeptRecordingDocument,)),
    Printed("digest", ONE, (DigestDocument,)),
    Printed("stats", LIST, (AgentDayDocument,)),
    Printed("notify log", LINES, (LogEntry,)),
    Printed("notify --recording FILE", LINES, (NotificationDocument,)),
    Printed("replay FILE", LINES, (shapes.TransitionDocument, printed.PlacementDocument)),
    Printed("score FILE", ONE, (ScoreDocument,)),
    Printed("profiles", LIST, (printed.ProfileDocument,)),
    Printed("profiles unknown", LIST, (UnexplainedScreen,)),
    Printed("profiles test DIRECTORY", LIST, (ScoreDocument,)),
    Printed("web link", ONE, (printed.LinkDocument,)),
    Printed("web tokens", LIST, (printed.TokenDocument,)),
    Printed("web tokens add NAME", ONE, (printed.NewTokenDocument,)),
    Printed("config", ONE, (printed.ConfigDocument,)),
    Printed("doctor", LIST, (Finding,)),
    Printed("demo", LINES, (shapes.TransitionDocument,)),
    Printed("bench", ONE, (Results,)),
)

HEAD = """\
# JSON of every command

Made of the types of the code by `.ci/json_pages.py`; not to be edited. [`json-schema.json`](json-schema.json) says the same as JSON Schema:
the shapes are its `$defs`, and `commands` names those of each command.

What is printed with `--json` is ASCII, one value on a line. Later versions may add keys, and values of codes: ignore what you do not know. A
key that is listed is always there. Texts that agents wrote (names, titles, evidence, questions) are as they came: never run them or put
them into a page as they are. Seconds of the log (`t`) count from when the watch, or the recording, began.
"""

Schema = Mapping[str, Any]  # JSON Schema: a mapping of anything


# ---------------------------------------------------------------- schema


def schemas() -> dict[str, Any]:
    """Return the JSON Schema of all shapes, and which ones each command prints."""
    kinds = {shape.__name__: shape for each in PRINTED for shape in each.shapes}
    adapters = [
        (name, "serialization", TypeAdapter(described(shape))) for name, shape in kinds.items()
    ]
    _, whole = TypeAdapter.json_schemas(adapters, ref_template="#/$defs/{model}")
    told = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What the commands of oma print with --json",
        "commands": {
            each.command: {"prints": each.form, "schema": _printed(each)} for each in PRINTED
        },
        "$defs": {name: _untitled(whole["$defs"][name]) for name in sorted(whole["$defs"])},
    }
    # A shape has the same name in the schema, in the page, and in the types of the page of `oma web`.
    named: dict[str, Any] = json.loads(re.sub(r'(\w)Document"', r'\1"', json.dumps(told)))
    return named


def _printed(each: Printed) -> Schema:
    references = [{"$ref": f"#/$defs/{shape.__name__}"} for shape in each.shapes]
    item: Schema = references[0] if len(references) == 1 else {"anyOf": references}
    return {"type": "array", "items": item} if each.form == LIST else item


def _untitled(schema: Any) -> Any:  # noqa: ANN401  # a part of a JSON Schema
    """Return a schema without the titles that pydantic makes of names."""
    if isinstance(schema, list):
        return [_untitled(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _untitled(each) for name, each in value.items()}
        if key == "properties"
        else _untitled(value)
        for key, value in schema.items()
        if key != "title"
    }


# ---------------------------------------------------------------- Markdown


def page() -> str:
    """Return docs/json.md."""
    told = schemas()
    parts = [HEAD, "## Every command\n", "| `oma …` `--json` | prints |", "|---|---|"]
    for command, each in told["commands"].items():
        item = each["schema"].get("items", each["schema"])
        names = [_type(one) for one in item.get("anyOf", [item])]
        words = " and ".join(names) if each["prints"] != ONE else names[0]
        form = "" if each["prints"] == ONE else f"{each['prints']} "
        parts.append(f"| `{command}` | {form}{words} |")
    parts.append("\n## Shapes\n")
    for name in _in_order(told):
        shape = told["$defs"][name]
        parts += [f"### {name}\n", f"{shape['description']}\n"]
        if "enum" in shape:
            parts.append(f"One of {_type(shape)}.\n")
            continue
        parts += ["| key | is | meaning |", "|---|---|---|"]
        for key, field in shape["properties"].items():
            meaning = field.get("description", "").replace("|", "\\|")
            parts.append(f"| `{key}` | {_type(field)} | {meaning} |")
        parts.append("")
    return "\n".join(parts)


def _in_order(told: Schema) -> Iterator[str]:
    """Yield the shapes: those of each command, and behind each those that it is made of."""
    seen: set[str] = set()

    def reached(schema: Any) -> Iterator[str]:  # noqa: ANN401  # a part of a JSON Schema
        for name in re.findall(r"#/\$defs/(\w+)", json.dumps(schema)):
            if name not in seen:
                seen.add(name)
                yield name
                yield from reached(told["$defs"][name])

    yield from reached(told["commands"])


_SIMPLE = {
    "string": "text",
    "null": "null",
    "boolean": "true or false",
    "integer": "a whole number",
}
_SIMPLE |= {"number": "a number", "object": "an object"}


def _type(schema: Schema) -> str:
    """Return what a value is, in words."""
    match schema:
        case {"$ref": reference}:
            name = reference.rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        case {"enum": values}:
            return ", ".join(f"`{value}`" for value in values)
        case {"anyOf": kinds}:
            return " or ".join(map(_type, kinds))
        case {"type": "array", "items": items}:
            return f"a list of {_type(items)}"
        case {"type": "object", "additionalProperties": dict(values)} if values:
            return f"an object of {_type(values)}"
        case {"type": simple}:
            return _SIMPLE[simple]
        case _:
            message = f"no words are known for {schema}"
            raise ValueError(message)


def main(words: list[str]) -> int:
    """Write both files, or compare them; return the exit code."""
    made = {PAGE: page(), SCHEMA: json.dumps(schemas(), indent=1) + "\n"}
    if "--check" not in words:
        for path, text in made.items():
            path.write_text(text, "utf-8")
        return 0
    stale = [path.name for path, text in made.items() if path.read_text("utf-8") != text]
    for name in stale:
        sys.stderr.write(f"{name}: not what the types say: .ci/json_pages.py makes it anew\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
