from oma.runtime.agents.noting import noted


def test_each_time_another_value_is_noted():
    first, second = noted().words(), noted().words()

    assert first[:-1] == second[:-1] == ("set-option", "-g", "@oma_noted")
    assert first != second
