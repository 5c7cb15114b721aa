import signal

from oma.cli.exit_codes import INTERRUPTED, ended_by


def test_a_signal_gives_the_code_that_a_shell_gives_it():
    assert ended_by(signal.SIGTERM) == 143
    assert INTERRUPTED == 130
