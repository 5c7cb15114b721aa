"""Bodies of operating system commands."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.signals import Notified, ProgressShown, PromptMarked, StatusReported, TitleSet
from oma.screen.osc import read_osc


def _base64(text):
    return base64.b64encode(text.encode())


CASES = {
    "title and icon": (b"0;\xe2\x9c\xb3 claude", TitleSet("✳ claude")),
    "title": (b"2;a;b", TitleSet("a;b")),
    "empty title": (b"2;", TitleSet("")),
    "title that is no UTF-8": (b"2;a\xffb", TitleSet("a\ufffdb")),
    "icon": (b"1;icon", None),
    "code alone": (b"2", None),
    "unknown": (b"21337;status=x", None),
    "nothing": (b"", None),
    "notification": (b"9;done; really", Notified("done; really")),
    "empty notification": (b"9;", None),
    "notification that starts with a number": (b"9;99;bottles", Notified("99;bottles")),
    "command of ConEmu": (b"9;9;/home", None),
    "progress": (b"9;4;1;42", ProgressShown(1, 42)),
    "progress removed": (b"9;4;0", ProgressShown(0, None)),
    "progress without a known end": (b"9;4;3;", ProgressShown(3, None)),
    "progress beyond the end": (b"9;4;2;250", ProgressShown(2, 100)),
    "progress of no state": (b"9;4;7;1", None),
    "progress without state": (b"9;4", None),
    "progress of a huge state": (b"9;4;" + b"1" * 5000, None),
    "rxvt notification": (b"777;notify;Title;Body;more", Notified("Title: Body;more")),
    "rxvt notification without body": (b"777;notify;Title", Notified("Title")),
    "rxvt notification of nothing": (b"777;notify;;", None),
    "another command of rxvt": (b"777;preexec", None),
    "kitty notification": (b"99;i=1:d=0;Hello kitty", Notified("Hello kitty")),
    "kitty notification, body": (b"99;p=body;text", Notified("text")),
    "kitty notification, base64": (b"99;e=1;" + _base64("grüße"), Notified("grüße")),
    "kitty question": (b"99;i=1:p=?;", None),
    "kitty icon": (b"99;p=icon;AAAA", None),
    "prompt": (b"133;A;cl=m", PromptMarked("A", None)),
    "command start": (b"133;B", PromptMarked("B", None)),
    "output start": (b"133;C", PromptMarked("C", None)),
    "command ended": (b"133;D", PromptMarked("D", None)),
    "command ended with status": (b"133;D;130;aid=1", PromptMarked("D", 130)),
    "command ended with no number": (b"133;D;\xc2\xb2", PromptMarked("D", None)),
    "status of a prompt means nothing": (b"133;A;1", PromptMarked("A", None)),
    "unknown mark": (b"133;L", None),
    "status": (b"7501;state=working", StatusReported("working")),
    "blocked": (
        b"7501;state=blocked:kind=permission:app=codex:id=a/b",
        StatusReported("blocked", "permission", "codex", "a/b"),
    ),
    "status with message": (
        b"7501;msg=" + _base64("Allow rm?") + b":state=error:title=" + _base64("Error"),
        StatusReported("error", message="Allow rm?"),
    ),
    "status with title": (
        b"7501;state=done:title=" + _base64("Ready").rstrip(b"="),
        StatusReported("done", message="Ready"),
    ),
    "status with a broken message": (b"7501;state=idle:msg=%%", StatusReported("idle")),
    "status of an unknown kind": (b"7501;state=blocked:kind=x", StatusReported("blocked")),
    "kind without blocked": (b"7501;state=working:kind=auth", StatusReported("working")),
    "status with unknown keys": (b"7501;new=1:x:state=clear:progress=5", StatusReported("clear")),
    "unknown status": (b"7501;state=sleeping", None),
    "no status": (b"7501;app=codex", None),
    "question for the status": (b"7501;?", None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_body_is_read(name):
    body, expected = CASES[name]

    assert read_osc(body) == expected


codes = st.sampled_from([b"0;", b"9;", b"9;4;", b"99;", b"133;", b"777;notify;", b"7501;", b""])
words = st.sampled_from([b"state=idle", b"msg=", b":", b";", b"=", b"e=1", b"D", b"p=?"])
bodies = st.lists(words | st.binary(max_size=5), max_size=8).map(b"".join)


@given(codes, bodies)
@settings(max_examples=300)
def test_nothing_raises(code, body):
    signal = read_osc(code + body)

    assert signal is None or isinstance(
        signal, TitleSet | Notified | ProgressShown | PromptMarked | StatusReported
    )
