"""The values that every package above speaks of: ids, events, health, state. Frozen, without I/O."""
