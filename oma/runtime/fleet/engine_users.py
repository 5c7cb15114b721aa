"""What a machine and a viewer may do on an engine, as lines of its `users.acl`."""

import hashlib

from oma.model.published import read_host_name

_ALL = "resetchannels {keys} -@all +@connection +@transaction"
_WRITES = "+get +exists +xrevrange +del +hdel +hset +xadd +set +publish"
_READS = "+get +hvals +xrange +scan +psubscribe +unsubscribe +punsubscribe"


def machine_rules(name: str) -> str:
    """Return the rules of a machine: it uses its own keys and channel, and reads nothing of others.

    Raises:
        ProtocolError: It cannot be called so.
    """
    host = read_host_name(name)
    return f"{_ALL.format(keys=f'~oma:{{{host}}}:* &oma:news:{host}')} {_WRITES}"


def viewer_rules() -> str:
    """Return the rules of a viewer: it reads everything, and writes nothing."""
    return f"{_ALL.format(keys='%R~oma:* &oma:news:*')} {_READS}"


def user_line(user: str, password: str, rules: str) -> str:
    """Return the line of a user, with the hash of the password alone."""
    return f"user {user} on #{hashlib.sha256(password.encode()).hexdigest()} {rules}"
