"""Detection: what evidence means. Pure: no clock, no files, no processes; patterns run on re2."""
