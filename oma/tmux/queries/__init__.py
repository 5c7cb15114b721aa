"""What is asked of tmux, each question beside the format it uses and the parser of its answer."""
