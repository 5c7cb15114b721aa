"""The threat table: which request is refused, as one table."""

import pytest

from oma.web.auth.request_info import AuthMethod, RequestInfo, check_request
from oma.web.auth.web_address import Address

OURS = "http://127.0.0.1:8420"
ADDRESS = Address((OURS, "http://localhost:8420"), local=True)
HOST = ("127.0.0.1:8420",)


def status(method="GET", path="/api/agents", hosts=HOST, **facts):
    refused = check_request(RequestInfo(method, path, hosts, **facts), ADDRESS)
    return 200 if refused is None else refused.status


COOKIE = {"auth_method": AuthMethod.COOKIE}
PAGE = {"auth_method": AuthMethod.COOKIE, "origins": (OURS,), "knows_secret": True}
BEARER = {"auth_method": AuthMethod.BEARER}


@pytest.mark.parametrize(
    ("expected", "facts"),
    [
        # no login
        (401, {}),
        (401, {"path": "/openapi.json"}),
        (401, {"path": "/docs"}),
        (401, {"path": "/nothing"}),
        (200, {"path": "/"}),
        (200, {"path": "/login"}),
        (200, {"path": "/assets/app.js"}),
        (200, {"path": "/service-worker.js"}),
        (401, {"path": "/service-worker.js/x"}),
        (401, {"path": "/assets/app.js", "method": "DELETE", "origins": (OURS,)}),
        (401, {"path": "/loginx"}),
        # DNS rebinding
        (421, PAGE | {"hosts": ("evil.example:8420",)}),
        (421, PAGE | {"hosts": ("127.0.0.1.evil.example:8420",)}),
        (421, PAGE | {"hosts": ("localhost.evil.example:8420",)}),
        (421, PAGE | {"hosts": ("localhost:8420:8420",)}),
        (421, PAGE | {"hosts": ("localhost:x",)}),
        (421, PAGE | {"hosts": ("192.0.2.1:8420",)}),
        # another port of this machine leads here, as that of `ssh -L`
        (200, PAGE | {"hosts": ("localhost:9000",), "origins": ("http://localhost:9000",)}),
        (200, PAGE | {"hosts": ("[::1]:9000",), "origins": ("http://[::1]:9000",)}),
        (200, PAGE | {"hosts": ("127.0.0.1",), "origins": ("http://127.0.0.1",)}),
        (403, PAGE | {"hosts": ("localhost:9000",), "origins": ("http://localhost:9001",)}),
        (403, PAGE | {"hosts": ("localhost:9000",), "origins": ("https://localhost:9000",)}),
        (403, PAGE | {"hosts": ("localhost:9000",), "origins": ("http://127.0.0.1:9000",)}),
        (403, PAGE | {"hosts": ("127.0.0.1:8421",)}),
        (421, PAGE | {"hosts": ()}),
        (421, PAGE | {"hosts": (*HOST, *HOST)}),
        # reads
        (200, COOKIE),
        (200, BEARER),
        (403, COOKIE | {"origins": ("http://127.0.0.1:9599",)}),
        (403, COOKIE | {"origins": ("null",)}),
        # writes
        (200, PAGE | {"method": "POST"}),
        (403, COOKIE | {"method": "POST"}),
        (403, COOKIE | {"method": "POST", "origins": (OURS,)}),
        (403, COOKIE | {"method": "DELETE", "origins": (OURS,)}),
        (403, COOKIE | {"method": "OPTIONS", "origins": (OURS,)}),
        (403, PAGE | {"method": "POST", "origins": ("http://127.0.0.1:9599",)}),
        (403, PAGE | {"method": "POST", "origins": ("https://127.0.0.1:8420",)}),
        (403, PAGE | {"method": "POST", "origins": ("http://localhost:8420",)}),
        (403, PAGE | {"method": "POST", "origins": (OURS, OURS)}),
        (200, BEARER | {"method": "POST"}),
        (403, BEARER | {"method": "POST", "origins": ("http://evil.example",)}),
        # before there is a secret
        (200, {"method": "POST", "path": "/api/login", "origins": (OURS,)}),
        (403, {"method": "POST", "path": "/api/login"}),
        (403, {"method": "POST", "path": "/api/login", "origins": ("http://evil.example",)}),
        (403, COOKIE | {"method": "POST", "path": "/api/logout", "origins": (OURS,)}),
        (401, {"method": "POST", "path": "/login", "origins": (OURS,)}),
        # WebSockets
        (200, PAGE | {"websocket": True}),
        (403, PAGE | {"websocket": True, "origins": ()}),
        (403, PAGE | {"websocket": True, "origins": ("http://127.0.0.1:9599",)}),
        (403, COOKIE | {"websocket": True, "origins": (OURS,)}),
        (401, {"websocket": True, "origins": (OURS,), "path": "/login"}),
        (403, BEARER | {"websocket": True, "origins": (OURS,)}),
    ],
)
def test_a_request_is_refused_or_not(expected, facts):
    assert status(**facts) == expected


def test_another_name_of_ours_is_known_too():
    assert status(hosts=("LocalHost:8420",), **COOKIE) == 200
    assert (
        status("POST", hosts=("localhost:8420",), **PAGE | {"origins": ("http://localhost:8420",)})
        == 200
    )


@pytest.mark.parametrize("facts", [{"local": False}, {"local": False, "proxied": True}])
def test_beyond_this_machine_no_other_port_leads_here(facts):
    address = Address(("https://oma.example.org",), **facts)
    page = RequestInfo("GET", "/", ("localhost:9000",))
    assert check_request(page, address).status == 421
