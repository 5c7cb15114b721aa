"""What is told of logs that are summed up is what is told of the logs, to the byte."""

import json
from datetime import UTC, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health
from oma.summary.agent_days import days_of_agents
from oma.summary.digest import digest
from oma.summary.digest_text import digest_document, digest_lines
from oma.summary.health_changes import ChangeLog
from oma.summary.lanes import Lanes
from oma.summary.log_summary import follow_one_another, past_of_agents, summarise
from oma.summary.stats_text import stats_document, stats_lines
from oma.summary.stretches import stretches_of
from oma.summary.summary_lines import decode_summary, encode_summary
from oma.summary.summed_stretches import since
from tests.unit.summary.logs import BEGAN, IDLE, OK, WAITING, at, change, log

WORDS = st.sampled_from(["silent", "at-prompt"])
HEALTHS = st.sampled_from([Health.OK, Health.IDLE, Health.IDLE, Health.WAITING, *Health])


def moments(seconds):
    return BEGAN + timedelta(seconds=seconds)


@st.composite
def histories(draw):
    """Return logs that follow one another with or without a gap; agents may have each other's names."""
    logs, began_s = [], 0
    for _ in range(draw(st.integers(1, 4))):
        length_s = draw(st.sampled_from([0, 9, 120]))
        size = draw(st.sampled_from([0, 6, 12, 24]))
        times = sorted(draw(st.lists(st.integers(0, length_s), min_size=size, max_size=size)))
        changes = [
            attrs.evolve(
                change(
                    0, draw(st.sampled_from(Health)), draw(WORDS), draw(st.sampled_from("abc"))
                ),
                at=moments(began_s + time_s),
                id=draw(st.sampled_from(["$1", "$1", "$1", "$2"])),
                project=draw(st.sampled_from(["", "/x"])),
                about=draw(st.sampled_from(["why", "é\x1b[m"])),
            )
            for time_s in times
        ]
        ended_s = began_s + length_s
        logs.append(ChangeLog(moments(began_s), moments(ended_s), tuple(changes)))
        began_s = ended_s + draw(st.sampled_from([0, 3, 5, 6, 60]))
    return logs


def summed(each):
    """Return what a file would hold of a log that is summed up."""
    return decode_summary(encode_summary(summarise(each)))


def told(logs, moment):
    """Return all that is printed of logs."""
    digested = digest(logs, moment)
    lanes = Lanes(logs[0].began, logs[-1].ended)
    for each in logs:
        lanes.add(each)
    days = days_of_agents(since(past_of_agents(logs), moment), UTC)
    return (
        digest_lines(digested, UTC),
        json.dumps(digest_document(digested)),
        stats_lines(days),
        json.dumps(stats_document(days)),
        [(name, lanes.spans(name)) for name in lanes.names],
    )


@given(histories(), st.data())
def test_what_is_told_of_summed_logs_is_what_is_told_of_the_logs(logs, data):
    assert past_of_agents(logs) == stretches_of(logs)
    # The moment from which on is told lies in a log that is not summed up.
    cut = data.draw(st.integers(0, len(logs) - 1))
    length_s = int((logs[cut].ended - logs[cut].began).total_seconds())
    moment = logs[cut].began + timedelta(seconds=data.draw(st.integers(0, length_s)))
    mixed = [
        each if number == cut or data.draw(st.booleans()) else summed(each)
        for number, each in enumerate(logs)
    ]
    assert follow_one_another(mixed)
    assert told(mixed, moment) == told(logs, moment)
    every = [summed(each) for each in logs]
    assert told(every, logs[0].began) == told(logs, logs[0].began)


def test_what_goes_on_from_the_log_before_is_one_stretch_there_too():
    """The first two changes of the second log change nothing of how the agent is."""
    told_as = [(IDLE, "r"), (IDLE, "r"), (IDLE, "r"), *[(OK, ""), (WAITING, "")] * 5]
    changes = [change(60 + number, *words) for number, words in enumerate(told_as)]
    first, second = log(change(0, OK), change(50, IDLE, "r")), log(*changes, began=60, ended=90)
    assert len(summed(second).parts[0].head) == 4
    assert told([first, summed(second)], at(0)) == told([first, second], at(0))
    assert told([summed(second)], at(60)) == told([second], at(60))


def test_many_changes_are_few_values():
    changes = [change(minute, (OK, IDLE, WAITING)[minute % 3]) for minute in range(50)]
    (part,) = summed(log(*changes)).parts
    assert (len(part.head), len(part.summed.troubles)) == (2, 16)


def test_a_log_with_times_that_are_not_its_own_is_not_summed_up():
    assert summarise(log(change(1, OK), began=2)) is None
    assert summarise(log(change(61, OK))) is None


def test_a_log_within_the_time_of_a_summed_one_is_seen():
    first, second = log(change(0, OK)), log(change(60, OK), began=60, ended=70)
    assert follow_one_another([summed(first), summed(second)])
    assert follow_one_another([first, summed(second)])
    late = ChangeLog(at(0), at(60), (change(0, OK), change(65, IDLE)))
    assert not follow_one_another([late, summed(second)])
    early = ChangeLog(at(60), at(70), (change(59, OK),))
    assert not follow_one_another([summed(first), early])
    assert follow_one_another([late, second])
