"""The form for a new agent: (form, key) to (form, what it asks for), and its lines. Pure.

Whether something can be started, and which directories there are, is found out by others; the form
keeps what they say.
"""

from os.path import commonprefix

import attrs

from oma.model.intents import NewAgent, Refusal
from oma.tui.cells import Line, Size, Span, clip_line, shorten, showable, span
from oma.tui.editor import Editor

FIELDS = ("name", "command", "directory")
"""In their order; the names of the fields of `NewAgent`."""

_LABEL_COLUMNS = 12
_OFFERED_ROWS = 8


@attrs.frozen
class CompleteDirectory:
    """The form asks which directories a text is the beginning of."""

    text: str


Asked = NewAgent | CompleteDirectory | None


@attrs.frozen
class Form:
    """What a user has filled in so far."""

    name: Editor
    command: Editor
    directory: Editor
    profiles: tuple[str, ...] = ()
    """What the command is completed from."""
    field: str = "name"
    """Which one is edited."""
    offered: tuple[str, ...] = ()
    """What the text could become, when that is more than one."""
    refusal: Refusal | None = None
    checking: bool = False
    """It is being found out whether the agent can be started."""

    @property
    def editor(self) -> Editor:
        """The line that is edited."""
        editors = {"name": self.name, "command": self.command, "directory": self.directory}
        return editors[self.field]

    def typed(self, key: str) -> tuple["Form", Asked]:
        """Return the form after a key, and what it asks for."""
        form = attrs.evolve(self, refusal=None, checking=False)
        match key:
            case "Enter":
                new = NewAgent(self.name.text, self.command.text.strip(), self.directory.text)
                return attrs.evolve(form, checking=True, offered=()), new
            case "Tab" if self.field == "directory":
                return form, CompleteDirectory(self.directory.text)
            case "Tab" if self.field == "command":
                text = self.command.text
                found = tuple(name for name in self.profiles if name.startswith(text))
                return form.completed(text, found), None
            case "Tab" | "Down":
                return form.moved(1), None
            case "BackTab" | "Up":
                return form.moved(-1), None
            case _:
                return form.edited(self.editor.typed(key)), None

    def pasted(self, text: str) -> "Form":
        """Return the form with a text put into the field that is edited."""
        form = attrs.evolve(self, refusal=None, checking=False)
        return form.edited(self.editor.pasted(text))

    def completed(self, text: str, found: tuple[str, ...]) -> "Form":
        """Return the form with what `text` can become; unchanged when it is not there any more."""
        if self.editor.text != text:
            return self
        # What cannot be shown cannot be edited either, and would become another name.
        found = tuple(name for name in found if showable(name) == name)
        longer = commonprefix(found) if found else text  # noqa: RUF071  # characters are meant
        form = self.edited(Editor(longer, len(longer)))
        return attrs.evolve(form, offered=found if len(found) > 1 else ())

    def refused(self, refusal: Refusal) -> "Form":
        """Return the form with what is wrong, at the field that it is about."""
        return attrs.evolve(self, refusal=refusal, field=refusal.field, checking=False)

    def moved(self, steps: int) -> "Form":
        """Return the form with the field so many further being edited; after the last, the first."""
        at = (FIELDS.index(self.field) + steps) % len(FIELDS)
        return attrs.evolve(self, field=FIELDS[at], offered=())

    def edited(self, editor: Editor) -> "Form":
        """Return the form with another line in the field that is edited."""
        match self.field:
            case "name":
                form = attrs.evolve(self, name=editor)
            case "command":
                form = attrs.evolve(self, command=editor)
            case _:
                form = attrs.evolve(self, directory=editor)
        return attrs.evolve(form, offered=())


def form_lines(form: Form, room: Size) -> tuple[list[Line], tuple[int, int]]:
    """Return the lines of the form, and the row and column of the user's cursor in them."""
    lines: list[Line] = [(Span(" New agent ", "brand"),), ()]
    cursor = (0, 0)
    for field in FIELDS:
        editor = attrs.evolve(form, field=field).editor
        text, column = editor.seen(room.columns - _LABEL_COLUMNS - 1)
        ours = field == form.field
        if ours:
            cursor = (len(lines), _LABEL_COLUMNS + column)
        label = f"{'▸' if ours else ' '} {field:<{_LABEL_COLUMNS - 2}}"
        lines.append((Span(label, "key" if ours else "faint"), Span(text)))
        if form.refusal is not None and form.refusal.field == field:
            lines.append((span(" " * _LABEL_COLUMNS + form.refusal.words, "stuck"),))
        if ours and form.offered:
            lines += _offered(form, room.columns)
    lines += [(), (span(" " * _LABEL_COLUMNS + _note(form), "faint"),)]
    row, column = cursor
    seen = [clip_line(line, room.columns) for line in lines][: room.rows]
    return seen, (min(row, max(0, room.rows - 1)), min(column, max(0, room.columns - 1)))


def _note(form: Form) -> str:
    if form.checking:
        return "looking…"
    if form.field == "command" and form.profiles:
        return f"a profile ({', '.join(form.profiles)}) or a command"
    return ""


def _offered(form: Form, columns: int) -> list[Line]:
    shown = form.offered[:_OFFERED_ROWS]
    lines: list[Line] = [
        (span(" " * _LABEL_COLUMNS + shorten(showable(name), columns - _LABEL_COLUMNS), "faint"),)
        for name in shown
    ]
    more = len(form.offered) - len(shown)
    if more:
        lines.append((Span(f"{' ' * _LABEL_COLUMNS}and {more} more", "faint"),))
    return lines
