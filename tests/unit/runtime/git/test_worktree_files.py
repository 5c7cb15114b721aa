"""Files that git does not carry: copied, linked, and known again."""

import pytest

from oma.errors import ConfigError, OmaError
from oma.runtime.git.worktree_files import carry_files, copies_among, remove_copies


@pytest.fixture
def trees(tmp_path):
    """Give the main working tree and a new one."""
    old, new = tmp_path / "old", tmp_path / "new"
    (old / "modules" / "deep").mkdir(parents=True)
    new.mkdir()
    (old / ".env").write_text("secret")
    (old / "modules" / "deep" / "file").write_text("text")
    (old / "modules" / "link").symlink_to("deep")
    return old, new


def test_files_and_directories_are_copied_or_linked(trees):
    old, new = trees
    (new / "there").write_text("mine")
    (old / "there").write_text("other")

    done = carry_files(old, new, (".env", "modules", "missing", "there"), ("modules/deep",))
    assert done == [".env", "modules"]
    assert (new / ".env").read_text() == "secret"
    assert (new / "modules" / "deep" / "file").read_text() == "text"
    assert (new / "modules" / "link").is_symlink()
    assert (new / "there").read_text() == "mine"
    assert carry_files(old, new, (), ("modules",)) == []


def test_a_link_leads_to_the_repository(trees):
    old, new = trees
    assert carry_files(old, new, (), ("modules",)) == ["modules"]
    assert (new / "modules").resolve() == old / "modules"
    assert copies_among(old, new, ("modules",)) == ("modules",)


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "a/../../x"])
def test_a_path_out_of_the_repository_is_refused(trees, path):
    with pytest.raises(ConfigError, match="within the repository"):
        carry_files(*trees, (path,), ())


def test_what_cannot_be_written_is_named(trees):
    old, new = trees
    (new / "modules").write_text("a file")
    with pytest.raises(OmaError, match="cannot carry 'modules/deep'"):
        carry_files(old, new, ("modules/deep",), ())


def test_a_copy_is_what_holds_the_same_all_through(trees):
    old, new = trees
    carry_files(old, new, (".env", "modules"), ())
    both = (".env", "modules/")
    assert copies_among(old, new, both) == both
    (new / "modules" / "deep" / "more").write_text("an agent's")
    assert copies_among(old, new, both) == (".env",)
    (new / ".env").write_text("SECRET")
    assert copies_among(old, new, both) == ()


def test_other_kinds_of_files_are_no_copies(trees):
    old, new = trees
    (new / ".env").symlink_to("elsewhere")
    (new / "modules").write_text("a file")
    (new / "alone").write_text("x")
    (old / "dangling").symlink_to("nothing")
    (new / "dangling").symlink_to("other")
    assert copies_among(old, new, (".env", "modules", "alone", "dangling", "gone")) == ()


def test_copies_are_removed_and_links_not_followed(trees):
    old, new = trees
    carry_files(old, new, (".env",), ("modules",))
    remove_copies(new, (".env", "modules/", "gone"))
    assert list(new.iterdir()) == []
    assert (old / "modules" / "deep" / "file").exists()
    carry_files(old, new, ("modules",), ())
    remove_copies(new, ("modules/",))
    assert list(new.iterdir()) == []
