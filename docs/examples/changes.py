"""Print who waits or is stuck, of the service whose socket the argument names."""

import json
import socket
import sys

with socket.socket(socket.AF_UNIX) as service:
    service.settimeout(1.5)  # a service that lives says something every half second
    service.connect(sys.argv[1])
    service.sendall(b'{"protocol":1,"want":"changes"}\n')
    for line in service.makefile("rb"):
        if line == b"\n":
            continue
        change = json.loads(line)
        if "refused" in change:
            sys.exit(change["refused"])
        if change["to"] in ("waiting", "stuck"):
            print(ascii(change["agent"]), change["to"], ascii(change["evidence"]), flush=True)
