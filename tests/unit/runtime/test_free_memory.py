import ctypes

from oma.runtime import free_memory
from oma.runtime.free_memory import give_back_memory


def test_what_is_free_goes_back_to_the_system(monkeypatch):
    asked = []

    class Libc:
        malloc_trim = asked.append

    monkeypatch.setattr(free_memory.ctypes, "CDLL", lambda _: Libc)
    give_back_memory()
    assert asked == [0]


def test_another_allocator_is_left_alone(monkeypatch):
    monkeypatch.setattr(free_memory.ctypes, "CDLL", lambda _: object())
    give_back_memory()


def test_it_can_be_asked_here():
    assert ctypes.CDLL(None) is not None
    give_back_memory()
