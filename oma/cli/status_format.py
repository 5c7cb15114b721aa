r"""Lines of agents after a template: `{agent}`, `{health:<8}`, `{cwd:.20}`.

A template looks like that of `str.format`, and can do less: a field is the name of a field, and nothing is
looked up in its value. Widths count cells of the terminal.

>>> StatusFormat.of(r"{agent:<4}|{health}\t{{}}").line({"agent": "a", "health": "ok"})
'a   |ok\t{}'
"""

import re
import string
from collections.abc import Mapping

import attrs

from oma.errors import ConfigError
from oma.model.document_shapes import AgentDocument
from oma.model.nearest import nearest
from oma.model.printable import printable
from oma.tui.cells import cells, pad, pad_left, shorten

FIELDS = (*AgentDocument.__annotations__, "question", "host")
"""What a template may name: the fields of `oma status --json`, what an agent asks, and its host where there
are several."""

_SPECIFICATION = re.compile(r"(?P<side>[<>]?)(?P<width>\d{0,3})(?:\.(?P<most>\d{1,3}))?")
_ESCAPES = {r"\t": "\t", r"\n": "\n"}


@attrs.frozen
class _Field:
    """One field of a template, and how it is laid out."""

    before: str
    name: str = ""
    """Empty for the text at the end."""
    width: int = 0
    most: int | None = None
    at_right: bool = False

    def text(self, agent: Mapping[str, object]) -> str:
        if not self.name:
            return self.before
        value = printable(_value(agent, self.name))
        if self.most is not None:
            value = shorten(value, self.most)
        width = max(self.width, cells(value))
        return self.before + (pad_left(value, width) if self.at_right else pad(value, width))


@attrs.frozen
class StatusFormat:
    """A template that was understood."""

    fields: tuple[_Field, ...]

    @classmethod
    def of(cls, template: str) -> "StatusFormat":
        r"""Read a template; `\t` and `\n` are a tabulator and the end of a line.

        Raises:
            ConfigError: It names a field that there is not, or asks for more than a width.
        """
        for written, meant in _ESCAPES.items():
            template = template.replace(written, meant)
        try:
            parts = list(string.Formatter().parse(template))
        except ValueError as wrong:
            raise ConfigError(f"--format {template!r}: {wrong}") from None
        return cls(tuple(_field(*part) for part in parts))

    def line(self, agent: Mapping[str, object]) -> str:
        """Return the line of an agent as `oma status --json` has it; every field is printable."""
        return "".join(field.text(agent) for field in self.fields)


def _field(
    before: str, name: str | None, specification: str | None, conversion: str | None
) -> _Field:
    if name is None:
        return _Field(before)
    if name not in FIELDS:
        near = nearest(name, FIELDS)
        meant = "" if near is None else f"did you mean {near!r}? "
        raise ConfigError(
            f"--format: unknown field {name!r}; {meant}known are {', '.join(FIELDS)}"
        )
    found = _SPECIFICATION.fullmatch(specification or "")
    if found is None or conversion is not None:
        given = f"!{conversion}" if conversion is not None else f":{specification}"
        raise ConfigError(
            f"--format: {name}{given}: expected a width such as {name}:<12 or {name}:.20"
        )
    most = found["most"]
    return _Field(
        before,
        name,
        int(found["width"] or 0),
        None if most is None else int(most),
        found["side"] == ">",
    )


def _value(agent: Mapping[str, object], name: str) -> str:
    value = agent.get("dialog") if name == "question" else agent.get(name)
    if isinstance(value, Mapping):  # what is asked, and when a failure ends
        value = value.get("question" if name in {"question", "dialog"} else "text")
    return "" if value is None else str(value)
