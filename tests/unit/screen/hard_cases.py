"""Output that emulators get wrong, for a screen of 20 columns and 6 rows, written once."""

import itertools

COLUMNS, ROWS = 20, 6


def cut(data, borders):
    """Return `data` in chunks that begin at `borders`, taken round and round."""
    places = sorted({0, len(data), *(border % (len(data) + 1) for border in borders)})
    return [data[start:end] for start, end in itertools.pairwise(places)]


_FIVE = b"one\r\ntwo\r\nthree\r\nfour\r\nfive"


def _text(text):
    return text.encode()


CASES = {
    "nothing": b"",
    "plain lines": b"hello\r\nworld",
    "scrolling away": b"".join(b"line %d\r\n" % number for number in range(30)),
    "carriage return and backspace": b"abcdef\rX\b\b\bY\r\n12345\b\bZ",
    "long line wraps": b"0123456789" * 5,
    "wrap pending at the margin": b"0123456789" * 2,
    "wrap pending, then CR LF": b"0123456789" * 2 + b"\r\nnext",
    "wrap pending, then a letter": b"0123456789" * 2 + b"x",
    "wrap pending, then cursor up": b"\n" + b"0123456789" * 2 + b"\x1b[Ax",
    "wrap pending, then backspace": b"0123456789" * 2 + b"\bx",
    "wrap pending, then erase": b"0123456789" * 2 + b"\x1b[Kx",
    "no autowrap": b"\x1b[?7l" + b"0123456789" * 3 + b"\x1b[?7h",
    "wide characters": _text("漢字ab漢字"),
    "wide character at the right margin": _text("0123456789012345678漢z"),
    "wide character fills the row": _text("012345678901234567漢"),
    "wide character overwritten in the middle": _text("漢字漢字\x1b[1;4HX"),
    "wide characters wrap": _text("漢字仮名" * 6),
    "combining characters": _text("e\u0301a\u0308 o\u0302x"),
    "combining character at the margin": _text("0123456789012345678e\u0301z"),
    "emoji": _text("ok 🚀 done ✅ x"),
    "emoji joined by ZWJ": _text("x👩‍👩‍👧‍👦y"),
    "emoji with skin tone": _text("a👍🏽b"),
    "flag": _text("a🇩🇪b"),
    "variation selector": _text("a✳\ufe0fb ❤\ufe0fc"),
    "no-break space": _text("❯\xa0ask  \xa0"),
    "typographic": _text("✻ Cogitated… · ‘ok’ ─ │ ⠋ ▣ ■⬝"),
    "invalid UTF-8": b"a\xffb\xc3(c\xe6\xbcd",
    "overlong and surrogate UTF-8": b"a\xc0\xafb\xed\xa0\x80c",
    "C1 bytes are no controls": b"a\x9b31mb\x9dc\x9cd",
    "C1 characters": b"a\xc2\x9b31mb\xc2\x85c",
    "cursor addressing": b"\x1b[3;5Habc\x1b[1;1Hx\x1b[6;20Hz",
    "cursor addressed outside": b"\x1b[99;99Hz\x1b[0;0Ha",
    "spaces painted by cursor forward": b"Do\x1b[1Cyou\x1b[1Cwant\x1b[3Cto",
    "column and row absolute": b"\x1b[10Gx\x1b[4dy\x1b[3`z",
    "column and row relative": b"a\x1b[2eb\x1b[2ac",
    "tabs": b"a\tb\tc\r\n\t\tx\x1b[Zy\tz",
    "tabs forward by number": b"a\x1b[2Ib",
    "own tab stops": b"\x1b[3g\x1b[5G\x1bH\x1b[11G\x1bH\r\ta\tb\x1b[0g\r\tc\td",
    "erase in line": b"abcdefgh\x1b[1;4H\x1b[K\r\nabcdefgh\x1b[2;4H\x1b[1K\r\nabc\x1b[2Kx",
    "erase in display": _FIVE + b"\x1b[3;3H\x1b[J\x1b[1;2H\x1b[1J",
    "erase all": _FIVE + b"\x1b[2Jx",
    "erase characters": b"abcdefgh\x1b[1;3H\x1b[3X",
    "erase a half wide character": _text("漢字漢字\x1b[1;2H\x1b[2X"),
    "insert characters": b"abcdefgh\x1b[1;3H\x1b[3@XY",
    "delete characters": b"abcdefgh\x1b[1;3H\x1b[3P",
    "delete half a wide character": _text("漢字漢字\x1b[1;2H\x1b[P"),
    "insert mode": b"abc\x1b[1;2H\x1b[4hXY\x1b[4l",
    "insert lines": _FIVE + b"\x1b[2;2H\x1b[2L",
    "delete lines": _FIVE + b"\x1b[2;2H\x1b[2M",
    "repeat": b"ab\x1b[5b-\x1b[3bx",
    "repeat over the margin": b"ab\x1b[25b",
    "scroll up": _FIVE + b"\x1b[2S",
    "scroll down": _FIVE + b"\x1b[2T",
    "scroll region": _FIVE + b"\x1b[2;4r\x1b[4;1H\n\nnew\x1b[2;1H\x1bMtop\x1b[r",
    "scroll region and line feed below it": _FIVE + b"\x1b[1;3r\x1b[6;1H\nlast\x1b[r",
    "lines inserted in a region": _FIVE + b"\x1b[2;4r\x1b[2;1H\x1b[L\x1b[4;1H\x1b[M\x1b[r",
    "origin mode": _FIVE + b"\x1b[2;4r\x1b[?6h\x1b[1;1HA\x1b[9;9HB\x1b[?6l\x1b[r",
    "index and next line": b"ab\x1bDc\x1bEd\x1bMe",
    "reverse index at the top": _FIVE + b"\x1b[1;1H\x1bMtop",
    "save and restore": b"abc\x1b7\x1b[4;4Hx\x1b8d\x1b[s\x1b[2;2Hy\x1b[ue",
    "alternate screen": b"shell$ \x1b[?1049h\x1b[HALT\r\nfull",
    "alternate screen left": b"shell$ \x1b[?1049h\x1b[HALT\r\nfull\x1b[?1049lmore",
    "alternate screen, older modes": b"a\x1b[?1047hb\x1b[?1047lc\x1b[?47hd\x1b[?47le",
    "alternate screen entered twice": b"a\x1b[?1049hb\x1b[?1049hc\x1b[?1049ld",
    "full reset": _FIVE + b"\x1b[2;3r\x1b[?6h\x1bcx",
    "soft reset": _FIVE + b"\x1b[2;3r\x1b[?6h\x1b[4h\x1b[!px",
    "alignment pattern": b"\x1b#8",
    "line drawing in UTF-8": _text("┌──┐\r\n│ab│\r\n└──┘"),
    "synchronized output": b"\x1b[?2026hframe\x1b[2;3Hone\x1b[?2026l",
    "synchronized output left open": b"\x1b[?2026hframe",
    "queries": b"\x1b[c\x1b[>c\x1b[6n\x1b[>0q\x1b[?2026$p\x1b]10;?\x1b\\\x1b[18tx",
    "private modes": b"\x1b[?1004h\x1b[?2004h\x1b[?1006h\x1b[?25lx\x1b[>1u\x1b[>4;2m\x1b[<uy",
    "colours": b"\x1b[38;2;1;2;3mrgb\x1b[38:2::1:2:3mcolon\x1b[4:3mcurly\x1b[0mx",
    "titles": b"\x1b]0;zero\x07a\x1b]2;two\x1b\\b\x1b]1;icon\x07c",
    "window name": b"a\x1bkname\x1b\\b\x1bkother\x1b\\c",
    "window name with BEL": b"a\x1bkna\x07me\x1b\\b",
    "window name cancelled": b"a\x1bkname\x18b",
    "hyperlink": b"\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\ x",
    "shell marks": b"\x1b]133;A\x07$ \x1b]133;B\x07ls\r\n\x1b]133;C\x07out\x1b]133;D;0\x07",
    "status reports": b"\x1b]7501;state=working\x1b\\a\x1b]9;4;1;42\x07b\x1b]777;notify;T;B\x07c",
    "passthrough": b"a\x1bPtmux;\x1b\x1b]9;wrapped\x07\x1b\\b",
    "passthrough with text": b"a\x1bPtmux;\x1b\x1b[5;5Htext\x1b\x1b]9;x\x1b\x1b\\more\x1b\\b",
    "device control string": b"a\x1bP+q544e\x1b\\b\x1bP1000pd\x1b\\e",
    "request for settings": b"a\x1bP$qm\x1b\\c",
    "device control string with a private mark": b"a\x1bP?1q\x1b[31mb\x1b\\c",
    "device control string that is dropped": b"a\x1bP1?q\x1b[31mb\x1b\\c\x1bP:q\x18d",
    "device control string after a control": b"a\x1b\x01Pq\x1b[3Cb\x1b\\c",
    "device control string cancelled early": b"a\x1bP1;2\x18b",
    "application program command": b"a\x1b_Ga=T,f=24,s=1,v=1;AAAA\x1b\\b",
    "privacy message and start of string": b"a\x1b^pm\x1b\\b\x1bXsos\x1b\\c",
    "sequence cancelled": b"a\x1b[3\x18b\x1b[3\x1ac",
    "sequence broken off by another": b"a\x1b[3\x1b[2Cb\x1b]2;t\x1b[2Cc",
    "controls in a sequence": b"abc\x1b[\r2Cd\x1b[2\nCe",
    "bells and nulls": b"a\x07b\x00c\x7fd",
}

_BYTES = "tmux drops bytes that are no UTF-8, the emulator shows a replacement for them"
_CLUSTERS = "tmux 3.3a gives a joined emoji two columns, the emulator counts its parts"
_MARGIN = "with a wrap pending tmux has the cursor behind the last column, others on it"
_HALVES = "tmux leaves half a wide character standing, the emulator clears both halves"
_LINES = "the emulator goes to the first column after IL and DL, as VT220 does; tmux stays"

DIFFERENT = {
    "invalid UTF-8": _BYTES,
    "overlong and surrogate UTF-8": _BYTES,
    "C1 bytes are no controls": _BYTES,
    "emoji joined by ZWJ": _CLUSTERS,
    "flag": _CLUSTERS,
    "wrap pending, then backspace": _MARGIN,
    "wrap pending, then erase": _MARGIN,
    "no autowrap": "where tmux pends no wrap without autowrap, the emulator does",
    "column and row relative": "tmux 3.3a does not know HPR and VPR",
    "tabs forward by number": "tmux 3.3a does not know CHT",
    "erase a half wide character": _HALVES,
    "delete half a wide character": _HALVES,
    "insert lines": _LINES,
    "delete lines": _LINES,
    "repeat over the margin": "tmux repeats up to the margin, the emulator wraps",
}
"""Cases in which the screen and tmux 3.3a differ for good, with the reason.

None of them occurs in the recordings of claude, codex, gemini, opencode and aider.
"""
