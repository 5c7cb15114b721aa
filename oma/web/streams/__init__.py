"""What goes on by itself to those who watch: events and logs, without a queue that could grow."""
