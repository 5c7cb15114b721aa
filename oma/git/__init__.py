"""What git says, and what that means for a worktree that is to be made or removed. No I/O."""
