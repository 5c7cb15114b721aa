"""The screen of a pane, and what its program says beside its text. No I/O, no clock."""
