import pytest

from oma.cli import metrics_task as module
from oma.cli.metrics_task import PACKAGES, metrics_task
from oma.errors import ConfigError


@pytest.mark.parametrize("missing", PACKAGES)
def test_without_a_package_of_the_extra_it_is_said_what_to_install(missing, monkeypatch):
    find = module.importlib.util.find_spec
    monkeypatch.setattr(
        module.importlib.util, "find_spec", lambda name: None if name == missing else find(name)
    )

    with pytest.raises(ConfigError, match=r"install 'oma-tmux\[metrics\]'"):
        metrics_task("9464")


@pytest.mark.parametrize(
    "address", ["", "here", "localhost:", "localhost:http", "99999", "1:2:999999"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ConfigError, match="expected HOST:PORT"):
        metrics_task(address)


@pytest.mark.parametrize("address", ["127.0.0.1:0", ":0", "0"])
def test_it_listens_on_this_machine_unless_told_otherwise(address):
    task = metrics_task(address)

    assert task.url == f"http://127.0.0.1:{task.listening.getsockname()[1]}/metrics"
    task.listening.close()


def test_an_address_that_is_taken_is_said():
    first = metrics_task("127.0.0.1:0")
    port = first.listening.getsockname()[1]

    with pytest.raises(ConfigError, match="cannot listen on 127"):
        metrics_task(str(port))
    first.listening.close()
