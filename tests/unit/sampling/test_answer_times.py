from oma.sampling.answer_times import KEPT, AnswerTimes


def taking(*times_ms):
    times = AnswerTimes()
    for each in times_ms:
        times.take(each)
    return times


def test_a_few_answers_tell_nothing_yet():
    assert taking(5, 5).median_ms is None
    assert taking(5, 6, 7).median_ms == 6
    assert taking(5, 9, 6, 7).median_ms == 6.5


def test_one_late_answer_says_nothing():
    assert taking(5, 5, 500, 5, 5).median_ms == 5


def test_what_was_long_ago_says_nothing_any_more():
    assert taking(*[900] * KEPT, *[5] * KEPT).median_ms == 5


def test_answers_of_before_a_change_say_nothing_of_what_is_after_it():
    times = taking(900, 900, 900)
    times.begin_anew()

    assert times.median_ms is None


def test_the_time_without_clients_stays_known():
    times = taking(30, 30, 30)
    times.note_unwatched()
    times.begin_anew()
    times.note_unwatched()

    assert times.unwatched_ms == 30
