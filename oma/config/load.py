"""Find, read and check the configuration; the one import site of tomli.

A wrong option is an error that names the file, the key, the value and what is allowed; nothing is
skipped or corrected silently. The environment is an argument.
"""

from collections.abc import Mapping
from pathlib import Path

import attrs
import tomli

from oma.config.key_section import KeysSection
from oma.config.schema import OPTIONS, SECTIONS, Config, HealthSection, Option
from oma.config.theme_file import with_theme_file
from oma.errors import ConfigError
from oma.model.nearest import hint

_JUDGING = frozenset({"dashboard", "health"})
"""Sections that say who is an agent, and what of it means what."""

_KNOWN = {(option.section, option.key): option for option in OPTIONS}


def load_config(path: Path | None) -> Config:
    """Return the configuration in the file at `path`, or the defaults for `None`.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or holds a wrong option.
    """
    if path is None:
        return Config()
    return config_from_mapping(with_theme_file(read_toml(path), path, read_toml), str(path))


def read_toml(path: Path) -> dict[str, object]:
    """Return what the TOML file at `path` holds.

    Raises:
        ConfigError: the file cannot be read, or is not TOML in UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise ConfigError(message) from error
    return parse_toml(data, str(path))


def parse_toml(data: bytes, source: str) -> dict[str, object]:
    """Return what the TOML in `data` holds.

    Args:
        data: The text of a file.
        source: Where it comes from, for error messages.

    Raises:
        ConfigError: `data` is not UTF-8, or not TOML; the text names the line.
    """
    try:
        return tomli.loads(data.decode())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{source}: not UTF-8 at line {line}: {data[error.start : error.start + 1]!r}"
        raise ConfigError(message) from error
    except (ValueError, RecursionError) as error:
        # TOMLDecodeError is a ValueError; so is what int() raises for a number of 5000 digits.
        raise ConfigError(f"{source}: not TOML: {str(error).splitlines()[0]}") from error


def config_from_mapping(mapping: Mapping[str, object], source: str) -> Config:
    """Return the configuration that `mapping` (section → key → value) holds, checked.

    What it does not hold keeps its default.

    Args:
        mapping: As TOML, or the header of a recording, gives it.
        source: Where it comes from, for error messages.

    Raises:
        ConfigError: a section, key or value is not allowed.
    """
    accepted: dict[str, dict[str, object]] = {section: {} for section in SECTIONS}
    for section, values in mapping.items():
        if section not in SECTIONS:
            _refuse_section(source, section)
        if not isinstance(values, Mapping):
            raise ConfigError(f"{source}: {section} = {values!r}: expected a section, [{section}]")
        for key, value in values.items():
            accepted[section][key] = _accept(source, section, key, value)
    _check_keys(source, accepted["keys"])
    accepted["keys"] |= _defaults_that_give_way(accepted["keys"])
    # The kinds have checked each value, which no type checker can follow through a mapping.
    sections = {section: values(**accepted[section]) for section, values in SECTIONS.items()}
    config = Config(**sections)  # type: ignore[arg-type]
    _check_order(source, config.health, accepted["health"])
    return config


def without_unknown_options(
    mapping: Mapping[str, object],
) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return a configuration without the sections, keys and values that are not known here.

    For what a newer `oma` wrote: `config_from_mapping` takes the first; the second names what is
    left out. A wrong value of an option that agents are judged by stays, and is refused there.
    """
    known: dict[str, object] = {}
    names: list[str] = []
    for section, values in mapping.items():
        if section not in SECTIONS:
            names.append(f"[{section}]")
        elif isinstance(values, Mapping):
            kept = {key: value for key, value in values.items() if _is_known(section, key, value)}
            names += [f"[{section}] {key}" for key in values if key not in kept]
            known[section] = kept
        else:
            known[section] = values
    return known, tuple(names)


def _is_known(section: str, key: object, value: object) -> bool:
    option = _KNOWN.get((section, str(key)))
    if option is None:
        return False
    return section in _JUDGING or option.kind.accept(value) is not None


def _accept(source: str, section: str, key: object, value: object) -> object:
    option = _KNOWN.get((section, str(key)))
    if option is None:
        message = f"{source}: [{section}] {key!r}: unknown key; {_suggest_key(section, str(key))}"
        raise ConfigError(message)
    accepted = option.kind.accept(value)
    if accepted is None:
        message = f"{source}: [{section}] {key} = {value!r}: expected {option.kind.allowed}"
        raise ConfigError(message)
    return accepted


def _check_order(source: str, health: HealthSection, given: Mapping[str, object]) -> None:
    warning, critical = health.idle_warning, health.idle_critical
    if warning < critical:
        return
    if "idle_warning" in given:
        message = (
            f"{source}: [health] idle_warning = {warning!r}: "
            f"expected less than idle_critical, which is {critical!r}"
        )
    else:
        message = (
            f"{source}: [health] idle_critical = {critical!r}: "
            f"expected more than idle_warning, which is {warning!r}"
        )
    raise ConfigError(message)


def _check_keys(source: str, given: Mapping[str, object]) -> None:
    taken: dict[str, str] = {}
    for action, names in _bound(given):
        for name in names:
            if name in taken:
                raise ConfigError(
                    f"{source}: [keys] {action} = {list(names)!r}: "
                    f"expected other keys than {name!r}, which is {taken[name]}"
                )
            taken[name] = action


def _defaults_that_give_way(given: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Return the keys of the acts that lose some of their defaults to acts in `given`.

    A file was true when it was written: a default that came later takes no key from it.
    """
    taken = {name for _, names in _bound(given) for name in names}
    left: dict[str, tuple[str, ...]] = {}
    for action, names in _bound(attrs.asdict(KeysSection(), recurse=False)):
        if action not in given and not taken.isdisjoint(names):
            left[action] = tuple(name for name in names if name not in taken)
    return left


def _bound(keys: Mapping[str, object]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the acts with their keys, in the order of the options."""
    return [
        (field.name, names)
        for field in attrs.fields(KeysSection)
        if isinstance(names := keys.get(field.name), tuple)
    ]


def _refuse_section(source: str, section: str) -> None:
    homes = [option for option in OPTIONS if option.key == section]
    meant = _in_its_section(homes) if homes else hint(section, tuple(SECTIONS))
    raise ConfigError(f"{source}: {section!r}: unknown section; {meant}")


def _suggest_key(section: str, key: str) -> str:
    homes = [option for option in OPTIONS if option.key == key]
    return (
        _in_its_section(homes) if homes else hint(key, tuple(k for s, k in _KNOWN if s == section))
    )


def _in_its_section(homes: list[Option]) -> str:
    return f"{homes[0].key!r} belongs in [{homes[0].section}]"
