"""The wire: bytes of tmux's control mode in, typed events out, command lines back. No I/O."""
