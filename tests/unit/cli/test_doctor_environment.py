"""What the caller's shell gives us."""

import os

import pytest

from oma.cli import doctor_environment
from oma.cli.doctor_environment import examine_environment
from oma.errors import OmaError


@pytest.fixture
def found(monkeypatch):
    """Examine, with another answer of what is asked."""

    def found(**answers):
        for name, answer in answers.items():
            monkeypatch.setattr(doctor_environment, name, answer)
        return {each.about: each for each in examine_environment()}

    return found


def refuse(*_):
    message = "it is not there"
    raise OmaError(message)


def test_five_things_are_looked_at(found, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")

    assert list(found()) == ["locale", "terminal", "directory", "runtime", "git"]


def test_a_locale_that_is_not_installed_is_a_warning(found, monkeypatch):
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")
    locale = found(settle_locale=lambda: False)["locale"]

    assert (locale.label, "xx_XX.UTF-8 is not installed" in locale.text) == ("warn", True)


def test_a_terminal_that_is_taken_for_another_is_a_warning(found, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    terminal = found(settle_terminal_type=lambda: "strange")["terminal"]

    assert (terminal.label, "taken for xterm" in terminal.text) == ("warn", True)


def test_no_terminal_is_no_fault_where_lines_are_printed(found):
    assert found(settle_terminal_type=refuse)["terminal"].ok


def test_what_was_removed_or_cannot_be_used_says_what_then(found, monkeypatch):
    gone = found(working_directory=refuse)["directory"]
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/no/such")
    other = found(unusable_runtime=lambda environ: "is not there")["runtime"]
    none = found(runtime_directory=refuse)["runtime"]

    assert (gone.label, gone.text.endswith("oma new needs --cwd")) == ("warn", True)
    assert other.label == "warn"
    assert f"={os.environ['XDG_RUNTIME_DIR']!r} is not there: " in other.text
    assert none.label == "BAD "


def test_git_is_known_to_be_missing(found, monkeypatch):
    monkeypatch.setenv("PATH", "/no/such")
    git = found()["git"]

    assert (git.label, "worktrees need it" in git.text) == ("warn", True)
