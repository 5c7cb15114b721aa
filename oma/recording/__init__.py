"""The file format: events to lines and back. Pure, but for `files`, the one door to the disk."""
