import importlib.util

import attrs
import pytest

for package in ("http_ece", "py_vapid"):
    pytest.importorskip(package, reason="the extra oma-tmux[push] is not installed")

from oma.errors import NotifyError, OmaError  # noqa: E402
from oma.runtime.notify import push_file  # noqa: E402
from oma.runtime.notify.push_file import MOST_EACH, PushFile, has_packages  # noqa: E402
from tests.support.push_service import PushBrowser  # noqa: E402

SUBSCRIPTION = PushBrowser("https://push.example.org/0").subscription(expires_s=100.0)


def browser(number, **fields):
    return attrs.evolve(SUBSCRIPTION, endpoint=f"https://push.example.org/{number}", **fields)


@pytest.fixture
def file(tmp_path):
    return PushFile(tmp_path / "state" / "web-push.json", lambda: 50.0)


def test_the_key_and_the_browsers_stay_and_are_for_their_user_alone(file, tmp_path):
    key = file.public_key()
    file.add(browser(1))
    again = PushFile(file.path, file.now_s)

    assert (again.public_key(), again.subscriptions()) == (key, (browser(1),))
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "state").iterdir()} == {0}


def test_a_browser_is_there_once_until_it_expires_or_is_removed(file):
    file.add(browser(1, expires_s=60.0))
    file.add(browser(1, expires_s=90.0))
    file.add(browser(2, expires_s=50.0))

    assert file.subscriptions() == (browser(1, expires_s=90.0),)
    assert not file.remove(lambda each: each.name == "x")
    assert file.remove(lambda each: each.name == browser(1).name)
    assert file.subscriptions() == ()


def test_one_login_takes_the_place_of_no_other_by_many_browsers(file):
    file.add(browser("other", holder="ann", expires_s=51.0))
    for number in range(MOST_EACH + 2):
        file.add(browser(number, expires_s=60.0 + number))

    names = [each.endpoint.rpartition("/")[2] for each in file.subscriptions()]
    assert names == ["other", *map(str, range(2, MOST_EACH + 2))]


def test_there_is_a_limit_for_all(file, monkeypatch):
    monkeypatch.setattr(push_file, "MOST", 2)
    for number in range(2):
        file.add(browser(number, holder=str(number)))

    with pytest.raises(OmaError, match="limit"):
        file.add(browser(3))


def test_what_nobody_could_encrypt_for_is_not_kept(file):
    with pytest.raises(NotifyError, match="damaged"):
        file.add(browser(1, p256dh="A" * 87))
    assert file.subscriptions() == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"private_key": "x", "subscriptions": [{}]}'])
def test_a_damaged_file_is_said(file, text):
    file.path.parent.mkdir()
    file.path.write_text(text)

    with pytest.raises(OmaError, match="damaged: remove it"):
        file.add(browser(1))


def test_a_damaged_key_is_said(file):
    file.path.parent.mkdir()
    file.path.write_text('{"private_key": "x", "subscriptions": []}')

    with pytest.raises(OmaError, match="damaged: remove it"):
        file.public_key()


def test_all_packages_of_the_extra_are_needed(monkeypatch):
    assert has_packages()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "httpx" else 1)
    assert not has_packages()
