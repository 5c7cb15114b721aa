"""A certificate for this machine, of an authority of its own, made by openssl."""

import shutil
import subprocess
from pathlib import Path

HAS_OPENSSL = shutil.which("openssl") is not None

_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
_CONSTRAINTS = "basicConstraints=critical,CA:TRUE"


def make_certificate(folder: Path) -> None:
    """Write `ca.pem`, and `cert.pem` and `key.pem` for localhost, into a folder."""
    ca_key = folder / "ca-key.pem"
    made_by = ("-x509", "-days", "2", "-keyout", str(ca_key), "-out", str(folder / "ca.pem"))
    _openssl("req", *_KEY, *made_by, "-subj", "/CN=tests", "-addext", _CONSTRAINTS)
    signed = ("-CA", str(folder / "ca.pem"), "-CAkey", str(ca_key))
    files = ("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"))
    names = ("-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=CA:FALSE")
    _openssl("req", "-x509", "-days", "2", *_KEY, *signed, *files, "-subj", "/CN=localhost", *names)  # fmt: skip


def _openssl(*arguments: str) -> None:
    subprocess.run(("openssl", *arguments), check=True, capture_output=True)
