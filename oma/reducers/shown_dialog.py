"""The dialog on the screen that was judged last; read once for each screen."""

import attrs

from oma.detection.dialogs import read_dialog
from oma.model.dialog import Dialog


@attrs.define
class ShownDialog:
    """Owner of the dialog of one agent."""

    lines: tuple[str, ...] = ()
    """The screen that the judge saw last."""
    columns: int = 0
    """Its width; 0 where it is not known."""
    _read: tuple[str, ...] = ()
    _dialog: Dialog | None = None

    def dialog(self) -> Dialog | None:
        """Return the dialog on the screen; `None` where there is none."""
        if self._read is not self.lines:  # a screen that did not change stays the same object
            self._dialog = read_dialog(self.lines, self.columns)
            self._read = self.lines
        return self._dialog
