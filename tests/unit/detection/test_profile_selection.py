import pytest

from oma.config.profiles import packaged_profiles
from oma.detection.profile_selection import choose, named

PROFILES = packaged_profiles()


@pytest.mark.parametrize(
    ("command", "argv", "title", "name"),
    [
        ("claude", (), "", "claude"),
        ("codex", (), "⠋ proj", "codex"),
        ("opencode", (), "", "opencode"),
        ("node", ("node", "/usr/bin/gemini", "-m", "x"), "", "gemini"),
        ("node", ("node", "--no-warnings", "/opt/bin/gemini"), "", "gemini"),
        ("node", (), "✦  Working… (proj)", "gemini"),
        ("node", ("node", "/usr/lib/node_modules/@openai/codex/bin/codex.js"), "", "codex"),
        ("node", (), "✳ Fix the tests", "claude"),
        ("python3", ("/venv/bin/python3", "/venv/bin/aider", "--model", "x"), "", "aider"),
        ("python3", ("python3", "-m", "aider"), "", "aider"),
        ("docker", ("docker", "exec", "-it", "c0ffee", "claude", "--continue"), "", "claude"),
        ("vim", ("vim", "src/aider"), "", "generic"),
        ("vim", ("vim", "claude.md"), "notes", "generic"),
        ("grep", ("grep", "-r", "codex"), "", "generic"),
        ("bash", (), "✳ left by claude", "generic"),
        ("bash", (), "", "generic"),
        ("", (), "", "generic"),
    ],
)
def test_a_profile_is_chosen_by_command_then_argv_then_title(command, argv, title, name):
    assert choose(PROFILES, command, argv, title).name == name


def test_a_command_outweighs_a_title():
    assert choose(PROFILES, "codex", (), "✦  Working… (proj)").name == "codex"


def test_a_program_that_a_launcher_hides_is_known_by_what_it_reports():
    assert choose(PROFILES, "node", (), "✦  Working… (proj)", "codex").name == "codex"
    assert choose(PROFILES, "node", ("node", "/usr/bin/gemini"), "", "codex").name == "gemini"
    assert choose(PROFILES, "node", (), "proj", "someone").name == "generic"


def test_a_report_that_is_left_behind_is_no_sign_of_a_program():
    assert choose(PROFILES, "bash", (), "", "codex").name == "generic"


def test_the_first_profile_that_fits_is_taken():
    claude = named(PROFILES, "claude")

    assert choose((claude, *PROFILES), "claude", (), "") is claude


def test_a_name_that_no_profile_has_is_an_error():
    with pytest.raises(LookupError, match="no profile named 'cladue'"):
        named(PROFILES, "cladue")
