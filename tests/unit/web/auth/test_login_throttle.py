from oma.web.auth.login_throttle import MOST, WITHIN_S, LoginThrottle
from tests.support.fake_web import Clock


def test_after_so_many_failures_an_address_has_to_wait_a_minute():
    clock = Clock()
    attempts = LoginThrottle(clock)
    for _ in range(MOST):
        assert not attempts.exhausted("a")
        attempts.failed("a")

    assert attempts.exhausted("a")
    assert not attempts.exhausted("b")
    clock.t += WITHIN_S
    assert not attempts.exhausted("a")


def test_a_stranger_with_many_addresses_fills_no_memory():
    attempts = LoginThrottle(Clock())
    for number in range(10_000):
        attempts.failed(str(number))

    assert len(attempts._failed) == 4096
    assert attempts._recent("9999")
