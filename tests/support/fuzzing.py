"""What hostile input is fed to, and a mutator of real input: `bench/fuzz.py` and a slice in CI.

A target takes any bytes and lets nothing but its own errors out; a failed promise about what it
keeps is an AssertionError.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from oma.config.load import config_from_mapping, parse_toml
from oma.detection.profile_parser import profile_from_mapping
from oma.errors import ConfigError, OmaError, ProtocolError, RecordingError
from oma.model.ids import PaneId, SessionId
from oma.recording.compression import GZIP, SLICE_BYTES, ZSTD, Compression
from oma.recording.files import _split_lines
from oma.recording.reader import RecordingReader
from oma.recording.transcript import records
from oma.recording.transcript_index import Chunk, Description
from oma.screen.osc import read_osc
from oma.screen.signal_scanner import MAX_BODY_BYTES, SignalScanner
from oma.tmux.follower import Follower
from oma.tmux.layout_strings import _checksum, leaves, parse_tree, render_tree
from oma.tmux.lines import LineBuffer
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.parser import ControlParser
from oma.tmux.server_tracker import ServerTracker
from tests.unit.screen.hard_cases import CASES

ROOT = Path(__file__).parents[2]
MOST_BYTES = 8192
"""Of one input: what is longer is cut."""

_CHUNKS = (1, 7, 64, 4096)


@attrs.frozen
class Target:
    """One reader of hostile input."""

    run: Callable[[bytes], object]
    errors: tuple[type[OmaError], ...]
    """All that may leave it."""
    seeds: tuple[bytes, ...]
    tokens: tuple[bytes, ...]
    share: int
    """Of all executions, in percent."""

    def execute(self, data: bytes) -> bool:
        """Run it, and say whether it refused the data."""
        refusals = []
        try:
            self.run(data)
        except self.errors as error:
            refusals.append(str(error).split("\n"))
        assert all(len(lines) == 1 and lines[0] for lines in refusals), refusals
        return bool(refusals)


def mutated(source: random.Random, target: Target) -> bytes:
    """Return a seed of the target after some changes."""
    data = bytearray(source.choice(target.seeds))
    if len(data) > MOST_BYTES:
        start = source.randrange(len(data) - MOST_BYTES) if source.random() < 0.5 else 0
        data = data[start : start + MOST_BYTES]
    for _ in range(source.choice((0, 1, 1, 2, 4, 8))):
        _change(source, target, data)
    return bytes(data[:MOST_BYTES])


def _change(source: random.Random, target: Target, data: bytearray) -> None:
    at, length = source.randrange(len(data) + 1), source.choice((1, 2, 4, 16, 200))
    match source.randrange(7):  # type: ignore[exhaustive-match]  # its numbers are all here
        case 0:
            data[at : at + 1] = bytes([source.randrange(256)])
        case 1:
            data[at:at] = source.choice(target.tokens)
        case 2:
            data[at : at + source.randrange(12)] = source.choice(target.tokens)
        case 3:
            del data[at : at + length]
        case 4:
            data[at:at] = data[at : at + length] * source.choice((1, 2, 50))
        case 5:
            data[at:at] = source.randbytes(length)
        case 6:
            other = source.choice(target.seeds)
            data[at:] = other[source.randrange(len(other) + 1) :][:MOST_BYTES]


def _chunks(data: bytes) -> list[bytes]:
    """Cut the data at places that depend on it alone."""
    length = _CHUNKS[sum(data[:9]) % len(_CHUNKS)]
    return [data[at : at + length] for at in range(0, len(data), length)]


def _wire(data: bytes) -> None:
    parser = ControlParser(LineBuffer(max_line_bytes=2048))
    for chunk in _chunks(data):
        parser.feed(chunk)
        assert parser._lines.pending_bytes <= 2048, "a line without end"
    parser.close()


def _hub(data: bytes) -> None:
    parser, tracker = (
        ControlParser(),
        ServerTracker(SessionId("$0"), PaneInventory(), lambda name: "agent" in name),
    )
    for chunk in _chunks(data):
        tracker.receive(parser.feed(chunk))
    parser.close()


def _agent(data: bytes) -> None:
    inventory = PaneInventory()
    parser, follower = ControlParser(), Follower(SessionId("$0"), inventory)
    follower.watch(PaneId("%0"))
    for chunk in _chunks(data):
        follower.receive(parser.feed(chunk))
        follower.commands.clear()
    follower.finish()
    parser.close()


def _layout(data: bytes) -> None:
    cells = data.decode(errors="replace")
    tree = parse_tree(f"{_checksum(cells):04x},{cells}")
    assert [leaf.pane for leaf in leaves(parse_tree(render_tree(tree)))] == [
        f"%{leaf.pane[1:]}" for leaf in leaves(tree)
    ]


def _signals(data: bytes) -> None:
    scanner = SignalScanner()
    for chunk in _chunks(data):
        scanner.scan(chunk)
        each: SignalScanner | None = scanner
        while each is not None:
            assert len(each._body) <= MAX_BODY_BYTES + 1, "a body without end"
            each = each._wrapped


def _osc(data: bytes) -> None:
    read_osc(data)


def _recording(data: bytes) -> None:
    for _ in RecordingReader([data.splitlines(keepends=True)], "f.jsonl"):
        pass


def _compressed(data: bytes) -> None:
    compression = ZSTD if data[:1] == _ZSTD_SEEDS[0][:1] else GZIP
    slices = (data[at : at + SLICE_BYTES] for at in range(0, len(data), SLICE_BYTES))
    lines = _split_lines(compression.decompress(slices, "f"), "f")
    for _ in RecordingReader(lines, "f"):
        pass


def _transcript(data: bytes) -> None:
    about = Description(PaneId("%0"), 80, 24, "2026-11-20T20:19:59+00:00")
    for _ in records([Chunk(0.1, chunk) for chunk in _chunks(data)], about, "f.ctl"):
        pass


def _config(data: bytes) -> None:
    config_from_mapping(parse_toml(data, "config.toml"), "config.toml")


def _profile(data: bytes) -> None:
    profile_from_mapping("p", parse_toml(data, "p.toml"), "p.toml")


def _read(pattern: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(ROOT.glob(pattern)))


def _parts(pattern: str, most_bytes: int = 600) -> Iterator[bytes]:
    """Give pieces of a TOML file: each table of its own."""
    for text in _read(pattern):
        tables = text.split(b"\n[")
        yield from (b"[" + table[:most_bytes] for table in tables[1:])


def _packed(compression: Compression) -> tuple[bytes, ...]:
    def pack(data: bytes) -> bytes:
        packer = compression.compressor()
        return packer.compress(data) + packer.flush(compression.finish_mode)

    return tuple(pack(data) for data in _RECORDINGS)


_CONTROL = (*_read("fixtures/control/*.ctl"), *_read("fixtures/recordings/real/*-main.ctl"))
_RECORDINGS = _read("fixtures/recordings/v1-every-type.jsonl")
_ZSTD_SEEDS = _packed(ZSTD)
_NUMBERS = (b"0", b"-1", b"9" * 19, b"9" * 5000, b"1e999", b"\xd9\xa3", b"NaN")
_WIRE_TOKENS = (
    *(b"%begin 1 2 1\n", b"%end 1 2 1\n", b"%error 1 2 1\n", b"%output %0 ", b"%pause %0\n"),
    *(b"%extended-output %0 5 : ", b"%layout-change @0 ", b"%session-changed $0 a\n", b"%exit\n"),
    *(b"%subscription-changed all $0 - - - : ", b"%window-close @0\n", b"%sessions-changed\n"),
    *(b"\n", b" ", b"%", b"\\", b"\\033", b"\\777", b" : ", b"\t", b"complete", b"x" * 4000),
)
_SCREEN_TOKENS = (
    *(b"\x1b", b"\x07", b"\x1b\\", b"\x1b]", b"\x1bP", b"\x1bPtmux;", b"\x1b_", b"\x18", b"\x9c"),
    *(
        b"7501;state=working",
        b";",
        b":",
        b"=",
        b"msg=",
        b"4;1;",
        b"777;notify;",
        b"99;e=1;",
        b"\x00",
    ),
    *(b"A" * 5000, b"\xc2\x9b", b"\xff"),
)
_JSON_TOKENS = (
    *(b'"', b"{", b"}", b"[", b"]", b":", b",", b"null", b"true", b"\n", b"\\u0000", b"\\ud800"),
    *(b'"type":', b'"seq":', b'"t":', b"[" * 2000, b'{"a":' * 500),
)
_TOML_TOKENS = (
    *(b"[", b"]", b"=", b'"', b"'", b'"""', b"\n", b"#", b".", b",", b"{", b"}", b"true", b"inf"),
    *(
        b"[[",
        b"]]",
        b"\\",
        b"1979-05-27",
        b"[" * 2000,
        b"a." * 500,
        b"\x00",
        b"(",
        b"*",
        b"{9999}",
    ),
)
_REPORTS = (
    b"7501;state=blocked:kind=permission:msg=UmVhbGx5Pw==",
    *(
        b"9;4;1;42",
        b"9;hello",
        b"99;i=1:e=1:p=body;aGk=",
        b"777;notify;T;B",
        b"133;D;0",
        b"2;title",
    ),
)
_LAYOUTS = (
    *(b"80x24,0,0,0", b"80x24,0,0{40x24,0,0,1,39x24,41,0[39x12,41,0,2,39x11,41,13,3]}"),
    b"200x50,0,0[200x25,0,0{100x25,0,0,1,99x25,101,0,22},200x24,0,26,333]",
)

TARGETS = {
    "wire": Target(_wire, (ProtocolError,), _CONTROL, (*_WIRE_TOKENS, *_NUMBERS), 24),
    "hub": Target(_hub, (ProtocolError,), _CONTROL, (*_WIRE_TOKENS, *_NUMBERS), 10),
    "agent": Target(_agent, (ProtocolError,), _CONTROL, (*_WIRE_TOKENS, *_NUMBERS), 10),
    "layout": Target(
        _layout,
        (ProtocolError,),
        _LAYOUTS,
        (b"{", b"}", b"[", b"]", b",", b"x", b"{" * 900, *_NUMBERS),
        16,
    ),
    "signals": Target(_signals, (), tuple(CASES.values()), _SCREEN_TOKENS, 15),
    "osc": Target(_osc, (), _REPORTS, (*_SCREEN_TOKENS, *_NUMBERS), 12),
    "recording": Target(_recording, (RecordingError,), _RECORDINGS, (*_JSON_TOKENS, *_NUMBERS), 5),
    "compressed": Target(
        _compressed, (RecordingError,), (*_packed(GZIP), *_ZSTD_SEEDS), (b"\x1f\x8b", b"\x28"), 2
    ),
    "transcript": Target(_transcript, (RecordingError,), _CONTROL, (*_WIRE_TOKENS, *_NUMBERS), 3),
    "config": Target(
        _config,
        (ConfigError,),
        tuple(_parts("config.example.toml")),
        (*_TOML_TOKENS, *_NUMBERS),
        2,
    ),
    "profile": Target(
        _profile,
        (ConfigError,),
        tuple(_parts("oma/detection/profiles/*.toml")),
        (*_TOML_TOKENS, *_NUMBERS),
        1,
    ),
}
