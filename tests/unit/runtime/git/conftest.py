"""A repository, and a git that reads none of the user's configuration."""

import pytest

from tests.support.git_repository import WHO, GitRepository


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    """Settings of nobody's."""
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repository(tmp_path):
    """Give a repository with one commit."""
    return GitRepository.make(tmp_path / "app")
