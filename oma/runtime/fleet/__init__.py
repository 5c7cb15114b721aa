"""Agents of other machines, over ssh: `oma record -o -` there, a store here."""
