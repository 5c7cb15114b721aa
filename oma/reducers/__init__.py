"""The folds: records in, state and transitions out. Nothing here reads a clock or the machine."""
