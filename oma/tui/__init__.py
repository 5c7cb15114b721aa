"""The dashboard: the state as spans, the spans as a screen, keys as intents. Views only ask."""
