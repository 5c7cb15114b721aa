import pytest

from tests.support.fake_ssh import make_ssh


@pytest.fixture
def ssh(tmp_path, monkeypatch):
    """Give an `ssh` whose hosts are scripts."""
    made = make_ssh(tmp_path / "ssh")
    monkeypatch.setenv("PATH", made.path)
    return made
