"""The log: the only writer, and the two kinds of subscriber."""
