"""The decisions about panes: pure functions from facts, wishes and policy to a plan with reasons."""
