import pytest

from oma.errors import ConfigError
from oma.web.auth.web_address import address_of, is_loopback, parse_base_path, parse_origin


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_loopback_is_local(host):
    assert is_loopback(host)
    assert address_of(host, 8420, (), tls=False, proxied=False).local


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "oma.example.org", ""])
def test_beyond_loopback_needs_tls_or_a_proxy(host):
    assert not is_loopback(host)
    with pytest.raises(ConfigError, match="--certfile"):
        address_of(host, 8420, ("https://oma.example.org",), tls=False, proxied=False)


def test_the_first_origin_is_as_asked_for():
    address = address_of("localhost", 8420, (), tls=False, proxied=False)

    assert address.origins[0] == "http://localhost:8420"
    assert address.hosts == {"127.0.0.1:8420", "localhost:8420", "[::1]:8420"}
    assert not address.secure


def test_a_server_on_every_interface_has_to_be_told_its_name():
    with pytest.raises(ConfigError, match="--origin"):
        address_of("0.0.0.0", 8420, (), tls=True, proxied=False)
    address = address_of(
        "0.0.0.0", 8420, ("https://Oma.Example.org:443/",), tls=True, proxied=False
    )

    assert address.origins == ("https://oma.example.org",)
    assert (address.local, address.secure) == (False, True)


def test_behind_a_proxy_only_the_proxys_name_is_known():
    address = address_of("127.0.0.1", 8420, ("https://oma.example.org",), tls=False, proxied=True)

    assert address.origins == ("https://oma.example.org",)
    assert (address.local, address.proxied) == (False, True)


@pytest.mark.parametrize(
    "text",
    ["", "oma.example.org", "ftp://a", "https://a/b", "https://a:x", "https://u@a", "http://["],
)
def test_what_is_no_origin_is_refused(text):
    with pytest.raises(ConfigError, match="--origin"):
        parse_origin(text)


def test_a_path_of_an_origin_is_said_to_be_a_base_path():
    with pytest.raises(ConfigError, match="give '/oma' as --base-path"):
        parse_origin("https://box.example.org/oma")


@pytest.mark.parametrize(
    ("text", "path"), [("", ""), ("/", ""), ("/oma", "/oma"), ("/a/b-c_1.x/", "/a/b-c_1.x")]
)
def test_a_base_path_has_no_slash_at_its_end(text, path):
    assert parse_base_path(text) == path


@pytest.mark.parametrize("text", ["oma", "/a b", "/../a", "/a//b", "/%41", "/a?b", "/é"])
def test_what_is_no_base_path_is_refused(text):
    with pytest.raises(ConfigError, match="--base-path"):
        parse_base_path(text)


def test_what_users_open_has_the_base_path():
    address = address_of("127.0.0.1", 1, (), tls=False, proxied=False, base_path="/oma")
    assert (address.url, address.root) == ("http://127.0.0.1:1/oma", "/oma/")


def test_an_origin_is_written_as_browsers_write_it():
    assert parse_origin("http://[::1]:80") == "http://[::1]"
    assert parse_origin("https://A.example:8443") == "https://a.example:8443"
