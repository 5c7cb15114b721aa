"""Find and read profiles: those of the package, and those of a user, which win by name."""

from functools import cache
from pathlib import Path

from oma import detection
from oma.config.load import parse_toml, read_toml
from oma.detection.profile import GENERIC, Profile
from oma.detection.profile_parser import profile_from_mapping
from oma.errors import ConfigError

_PACKAGED = "oma/detection/profiles/"
"""How the source of a packaged profile begins; that of a user is an absolute path."""


def load_profiles(directory: Path | None) -> tuple[tuple[Profile, ...], tuple[ConfigError, ...]]:
    """Return the profiles in force, and what is wrong with those that are not.

    A file `NAME.toml` in `directory` replaces the packaged profile of that name, unless it says
    nothing: a shell makes it empty before `oma profiles NAME` writes to it. Those of the
    user come first, then those of the package, each in the order of their names; `generic` is
    always there, and last. One bad file hides no other, nor the packaged profile of its name.

    Args:
        directory: `profiles/` of the user; one that does not exist holds nothing.
    """
    errors: list[ConfigError] = []
    own: dict[str, Profile] = {}
    for path in _files(directory, errors):
        try:
            if found := read_toml(path):
                own[path.stem] = profile_from_mapping(path.stem, found, str(path))
        except ConfigError as error:
            errors.append(error)
    profiles = own | {p.name: p for p in packaged_profiles() if p.name not in own}
    generic = profiles.pop(GENERIC)
    return (*profiles.values(), generic), tuple(errors)


def packaged_profiles() -> tuple[Profile, ...]:
    """Return the profiles that come with `oma`, in the order of their names."""
    files = sorted(_folder().iterdir(), key=lambda file: file.name)
    return tuple(
        _packaged(file.name, file.read_bytes()) for file in files if file.name.endswith(".toml")
    )


def source_text(profile: Profile) -> str:
    """Return the text of the file that a profile was loaded from.

    Raises:
        ConfigError: the file cannot be read any more.
    """
    if profile.source.startswith(_PACKAGED):
        return (_folder() / profile.source.removeprefix(_PACKAGED)).read_text("utf-8")
    try:
        return Path(profile.source).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{profile.source}: cannot be read: {error}") from error


def _folder() -> Path:
    # Not by importlib.resources: its import takes longer than to read all of them.
    return Path(detection.__file__).parent / "profiles"


@cache
def _packaged(file_name: str, data: bytes) -> Profile:
    source = f"{_PACKAGED}{file_name}"
    name = file_name.removesuffix(".toml")
    return profile_from_mapping(name, parse_toml(data, source), source, is_packaged=True)


def _files(directory: Path | None, errors: list[ConfigError]) -> tuple[Path, ...]:
    if directory is None:
        return ()
    try:
        return tuple(sorted(path for path in directory.iterdir() if path.suffix == ".toml"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        message = f"{directory}: cannot be read: {(error.strerror or str(error)).lower()}"
        errors.append(ConfigError(message))
        return ()
