"""How notifications reach the user: channels, who looks at what, and what was told."""
