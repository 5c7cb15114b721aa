"""What `oma` promises, measured on the user's own machine beside what else one could run.

Everything happens on a private tmux server. What is measured are processes as a user would start
them; what they say is read here, and what they cost is read from the system.
"""
