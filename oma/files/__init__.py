"""Files of the user's own that outlive a run: read and changed by several processes."""
