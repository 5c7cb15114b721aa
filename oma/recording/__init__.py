"""The file format: events to lines and back. Pure, but for `files`, which alone opens files."""
