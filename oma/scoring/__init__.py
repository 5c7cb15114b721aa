"""How right the detector is: verdicts weighed against what is known to have been true. Pure."""
