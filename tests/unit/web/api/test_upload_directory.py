import re
import stat

import pytest
import trio

from oma.errors import OmaError
from oma.web.api.upload_directory import UploadDirectory, stored_name
from oma.web.request_error import RequestError


async def pieces(*data):
    for each in data:
        yield each


@pytest.fixture
def uploads(tmp_path):
    return UploadDirectory(tmp_path / "of the" / "uploads", 100, 250)


async def test_a_file_is_stored_whole_and_for_its_owner_alone(uploads):
    path = await uploads.store("shot.png", 6, pieces(b"abc", b"", b"def"), 0.0)

    assert path.read_bytes() == b"abcdef"
    assert path.parent == uploads.path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(uploads.path.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("shot.png", "-shot.png"),
        ("../../.ssh/authorized_keys", "-authorized_keys"),
        ("C:\\x\\..\\shot 1.PNG", "-shot-1.PNG"),
        ("-rf", "-rf"),
        (".bashrc", "-bashrc"),
        ("$(rm -rf ~)`x`;\n'\"", "-rm--rf-x-"),
        ("Übersicht.pdf", "-Ubersicht.pdf"),
        ("图片.png", "-png"),
        ("\u202egnp.exe", "-gnp.exe"),
        ("..", "-file"),
        ("", "-file"),
    ],
)
def test_a_name_is_made_of_what_is_safe(name, end):
    stored = stored_name(name, 1_800_000_000.0)

    assert stored.startswith("20270115-080000-")
    assert stored[20:] == end
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,110}", stored)


def test_a_long_name_keeps_its_ending():
    assert stored_name(f"{'x' * 400}.jpeg", 0.0).endswith("xx.jpeg")
    assert len(stored_name(f"{'x' * 400}.jpeg", 0.0)) < 110
    assert len(stored_name(f"x.{'y' * 400}", 0.0)) < 110


async def test_two_files_of_one_name_stand_beside_each_other(uploads):
    paths = {await uploads.store("a", 1, pieces(b"x"), 0.0) for _ in range(3)}

    assert len(paths) == 3


@pytest.mark.parametrize("data", [(b"x" * 5,), (b"x" * 6, b"x" * 5), ()])
async def test_a_file_of_another_length_than_it_says_is_not_stored(uploads, data):
    with pytest.raises(RequestError):
        await uploads.store("a", 10, pieces(*data), 0.0)

    assert list(uploads.path.iterdir()) == []


async def test_one_file_is_bounded_and_so_are_all_together(uploads):
    with pytest.raises(RequestError, match="at most 100 bytes"):
        await uploads.store("a", 101, pieces(b"x" * 101), 0.0)
    for _ in range(2):
        await uploads.store("a", 100, pieces(b"x" * 100), 0.0)
    with pytest.raises(RequestError, match=r"is full.*max_uploads_bytes"):
        await uploads.store("a", 51, pieces(b"x" * 51), 0.0)

    await uploads.store("a", 50, pieces(b"x" * 50), 0.0)


async def test_files_that_arrive_at_once_share_the_bound(uploads, autojump_clock):
    stored = []

    async def slowly():
        yield b"x" * 50
        await trio.sleep(1)
        yield b"x" * 50

    async def store():
        try:
            stored.append(await uploads.store("a", 100, slowly(), 0.0))
        except RequestError as refused:
            stored.append(refused.status)

    async with trio.open_nursery() as nursery:
        for _ in range(4):
            nursery.start_soon(store)

    assert len([each for each in stored if each == 409]) == 2
    assert len(list(uploads.path.iterdir())) == 2


async def test_a_file_that_stops_arriving_is_not_waited_for(uploads, autojump_clock):
    async def stops():
        yield b"x"
        await trio.sleep_forever()

    with pytest.raises(RequestError) as refused:
        await uploads.store("a", 10, stops(), 0.0)

    assert refused.value.status == 408
    assert list(uploads.path.iterdir()) == []


async def test_what_cannot_be_written_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(OmaError, match="cannot store a file: not a directory"):
        await UploadDirectory(tmp_path / "file" / "x", 9, 9).store("a", 1, pieces(b"x"), 0.0)


async def test_what_was_stored_too_long_ago_is_removed_and_what_is_of_others_stays(tmp_path):
    day_s, now_s = 86_400.0, 1_800_000_000.0
    uploads = UploadDirectory(tmp_path / "uploads", 100, 100_000, keep_s=30 * day_s)
    await uploads.store("old", 1, pieces(b"x"), now_s - 31 * day_s)
    kept = {(await uploads.store("new", 1, pieces(b"x"), now_s - 29 * day_s)).name}
    for name in ("notes.txt", "20200101-000000-mine", "20200101-000000-abcd- x"):
        (uploads.path / name).write_text("x")
        kept.add(name)
    outside = tmp_path / "outside"
    outside.write_text("x")
    (uploads.path / "20200101-000000-abcd-link").symlink_to(outside)
    (uploads.path / "20200101-000000-abcd-directory").mkdir()
    kept.add("20200101-000000-abcd-directory")

    kept.add((await uploads.store("now", 1, pieces(b"x"), now_s)).name)

    assert {path.name for path in uploads.path.iterdir()} == kept
    assert outside.read_text() == "x"


async def test_for_good_is_for_good_and_a_directory_that_is_not_there_is_no_matter(tmp_path):
    uploads = UploadDirectory(tmp_path / "uploads", 100, 250)
    uploads.remove_old(1.0)
    path = await uploads.store("old", 1, pieces(b"x"), 0.0)
    uploads.remove_old(1e10)
    assert path.exists()
    UploadDirectory(tmp_path / "none", 1, 1, keep_s=1.0).remove_old(1e9)
