from oma.runtime.client.back_off import STEADY_S, WAITS_S, BackOff


def test_each_failure_makes_the_next_wait_longer_up_to_a_bound():
    back_off = BackOff()

    waits = [back_off.wait_s(0.1) for _ in range(5)]

    assert waits == [0.1, 0.3, 1.0, 1.0, 1.0]
    assert max(WAITS_S) == 1.0


def test_a_client_that_lived_long_did_not_fail():
    back_off = BackOff()
    back_off.wait_s(0.1)
    back_off.wait_s(0.1)

    assert back_off.wait_s(STEADY_S + 0.1) == 0.0
    assert back_off.wait_s(0.1) == 0.1
