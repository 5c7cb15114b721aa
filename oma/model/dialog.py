"""What an agent asks on its screen: the question, what it is about, and the answers it offers.

An answer is checked against the dialog that it was meant for. The user sees one dialog, decides, and
presses a key; by then the agent may show another one, in which the same key permits something else.
So every answer carries the fingerprint of the dialog that was seen, and is refused for any other:

    dialog = Dialog("Do you want to proceed?", "rm -rf build", (DialogOption("1", "Yes"),))
    AnswerDialog(session, key="1", fingerprint=dialog.fingerprint)
"""

import hashlib

import attrs


@attrs.frozen
class DialogOption:
    """One answer that a dialog offers."""

    key: str
    """What is typed to choose it, as a digit; empty where only the arrow keys reach it."""
    label: str
    """As the agent shows it, without the key and the mark of the chosen one; hostile text."""
    chosen: bool = False
    """Whether Enter would take it."""


@attrs.frozen
class Dialog:
    """A dialog that stands on an agent's screen; all its texts come from the agent: hostile."""

    question: str
    """The sentence that asks; empty where none was found."""
    subject: str
    """What is to be permitted or decided: the command, file or title above the question."""
    options: tuple[DialogOption, ...]
    """From top to bottom."""
    takes_text: bool = False
    """It is answered by a line of text and Enter; its options are examples of one."""

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits, equal for equal questions; which option is chosen does not count."""
        parts = (
            self.question,
            self.subject,
            *(part for o in self.options for part in (o.key, o.label)),
        )
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def summary(self) -> str:
        """The question, what it is about, and the options, on one line."""
        options = " · ".join(f"{o.key}. {o.label}" if o.key else o.label for o in self.options)
        return f"{self.asked} {options}".strip()

    @property
    def asked(self) -> str:
        """The question and what it is about, on one line."""
        about = " · ".join(self.subject.splitlines())
        return f"{self.question} [{about}]".strip() if about else self.question

    def option(self, key: str) -> DialogOption | None:
        """Return the option that `key` chooses; `None` if there is none."""
        return next((option for option in self.options if option.key and option.key == key), None)
