"""What is masked of the facts about an agent."""

import pytest

from oma.config.profiles import packaged_profiles
from oma.detection.redaction import Redaction
from oma.model.events import ProcessSample
from oma.model.signals import Bell, Notified, ProgressShown, StatusReported, TitleSet
from oma.reducers.fact_masking import FactMasking
from tests.support.fleet_play import PANE, seen

CLAUDE = next(each for each in packaged_profiles() if each.name == "claude")
MASKING = FactMasking(CLAUDE, Redaction.of(packaged_profiles()))


def test_of_a_pane_neither_process_nor_directory_nor_names_are_told():
    told = MASKING.seen(
        seen(command="claude", title="✳ Hide", cwd="/home/bob", window_name="w", label="l", pid=7)
    )

    assert told == seen(command="claude", title="✳ Xxxx", cwd="/", pid=1)


@pytest.mark.parametrize(
    ("command", "shown"),
    [("claude", "claude"), ("/bin/bash", "bash"), ("node", "node"), ("acme-bot", "program")],
)
def test_programs_that_everybody_has_keep_their_names(command, shown):
    sample = ProcessSample(PANE, (command, "/home/bob/run.py", "-p"), 2, 1.5, 9)

    assert MASKING.seen(seen(command=command)).command == shown
    assert MASKING.sample(sample) == ProcessSample(
        PANE, (shown, "/xxxx/xxx/run.xx", "-p"), 2, 1.5, 9
    )


@pytest.mark.parametrize(
    ("signal", "shown"),
    [
        (TitleSet("⠂ Bob"), TitleSet("⠂ Xxx")),
        (Notified("needs Bob"), Notified("needs Xxx")),
        (
            StatusReported("blocked", "question", "claude", "/run/bob", "allow Bob?"),
            StatusReported("blocked", "question", "claude", "", "allow Xxx?"),
        ),
        (StatusReported("idle", app="acme"), StatusReported("idle")),
        (ProgressShown(1, 5), ProgressShown(1, 5)),
        (Bell(), Bell()),
    ],
)
def test_texts_of_signals_are_masked(signal, shown):
    assert MASKING.signal(signal) == shown
