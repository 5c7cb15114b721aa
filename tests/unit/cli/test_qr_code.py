from oma.cli.qr_code import qr_code

ADDRESS = "http://127.0.0.1:8420/login?code=" + "x" * 24


def test_a_code_is_a_square_of_blocks_in_its_own_colours_that_fits_a_terminal():
    lines = qr_code(ADDRESS).split("\n")
    bare = [line.removeprefix("\x1b[97;40m").removesuffix("\x1b[0m") for line in lines]

    assert len(lines) < 24
    assert len(set(map(len, bare))) == 1
    assert set("".join(bare)) == set("█▀▄ ")
    assert qr_code(ADDRESS) != qr_code(f"{ADDRESS}y")
