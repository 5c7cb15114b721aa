"""The browser's face: the state as JSON and events, requests as intents. Views only ask."""
