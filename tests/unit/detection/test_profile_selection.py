import attrs
import pytest

from oma.config.profiles import packaged_profiles
from oma.detection.profile_selection import named, recognise
from oma.detection.recognition import Recognition

PROFILES = packaged_profiles()


def chosen(*known, profiles=PROFILES):
    told = recognise(profiles, *known)
    return "generic" if told is None else told.profile


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
    assert chosen(command, argv, title) == name


def test_a_command_outweighs_a_title():
    assert chosen("codex", (), "✦  Working… (proj)") == "codex"


def test_a_program_that_a_launcher_hides_is_known_by_what_it_reports():
    assert chosen("node", (), "✦  Working… (proj)", "codex") == "codex"
    assert chosen("node", ("node", "/usr/bin/gemini"), "", "codex") == "gemini"
    assert chosen("node", (), "proj", "someone") == "generic"


def test_a_report_that_is_left_behind_is_no_sign_of_a_program():
    assert chosen("bash", (), "", "codex") == "generic"


def test_the_first_profile_that_fits_is_taken():
    other = attrs.evolve(named(PROFILES, "claude"), name="other")

    assert chosen("claude", (), "", profiles=(other, *PROFILES)) == "other"


def test_what_told_of_the_kind_is_said():
    argv = ("node", "/usr/bin/gemini")

    assert recognise(PROFILES, "claude", (), "") == Recognition("claude", "process", "claude")
    assert recognise(PROFILES, "node", argv, "").evidence == "node /usr/bin/gemini"
    assert recognise(PROFILES, "node", (), "✳ Fix it") == Recognition(
        "claude", "title", "✳ Fix it"
    )
    assert recognise(PROFILES, "node", (), "", "codex") == Recognition("codex", "report", "codex")


def test_a_name_that_no_profile_has_is_an_error():
    with pytest.raises(LookupError, match="no profile named 'cladue'"):
        named(PROFILES, "cladue")
