"""Who is logged in, and what they may do: checked for every request, before any route."""
