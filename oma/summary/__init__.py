"""What happened over hours and days, counted: from logs to what a user reads of them."""
