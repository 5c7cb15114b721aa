"""The browser's terminal: one pane's output for many viewers, and the keys of one of them."""
