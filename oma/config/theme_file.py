"""A theme of a user's own as a file: `themes/NAME.toml` beside the configuration that names it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import attrs

from oma.config.colour_kind import Colour
from oma.config.kinds import NAME_CHARACTERS
from oma.config.theme_section import ThemeColours
from oma.errors import ConfigError
from oma.model.nearest import hint

THEMES = ("auto", "dark", "light", "high-contrast", "terminal")
"""Those that come with `oma`."""


def with_theme_file(
    mapping: Mapping[str, object], path: Path, read: Callable[[Path], Mapping[str, object]]
) -> Mapping[str, object]:
    """Return what a configuration says, with the file of its theme in the place of its name.

    The file has the keys of `[theme]`, and `base`, the theme that it changes; the section `[theme]` of the
    configuration changes the file. A name that no file has is left, for the loader to refuse.

    Args:
        mapping: What the configuration file holds.
        path: Where that is.
        read: Returns what a TOML file holds.

    Raises:
        ConfigError: The file of the theme cannot be read, or holds what is no colour.
    """
    dashboard, own = mapping.get("dashboard"), mapping.get("theme", {})
    if not isinstance(dashboard, Mapping) or not isinstance(own, Mapping):
        return mapping
    name = dashboard.get("theme")
    if not isinstance(name, str) or name in THEMES or not set(name) <= NAME_CHARACTERS:
        return mapping
    file = path.parent / "themes" / f"{name}.toml"
    if not file.is_file():
        return mapping
    base, colours = theme_from_mapping(read(file), str(file))
    changes = {option: value for option, value in own.items() if value != "theme"}
    return {
        **mapping,
        "dashboard": {**dashboard, "theme": base},
        "theme": colours | changes,
    }


def theme_from_mapping(
    mapping: Mapping[str, object], source: str
) -> tuple[str, dict[str, object]]:
    """Return the theme that a file changes, and the colours that it gives.

    Args:
        mapping: What the file holds.
        source: Where it comes from, for error messages.

    Raises:
        ConfigError: A key is not known, or a value is no colour or no theme.
    """
    known = ("base", *(field.name for field in attrs.fields(ThemeColours)))
    colours = dict(mapping)
    base = colours.pop("base", "auto")
    if not isinstance(base, str) or base not in THEMES:
        raise ConfigError(f"{source}: base = {base!r}: expected one of {', '.join(THEMES)}")
    for option, value in colours.items():
        if option not in known:
            raise ConfigError(f"{source}: {option!r}: unknown key; {hint(option, known)}")
        if Colour().accept(value) is None:
            raise ConfigError(f"{source}: {option} = {value!r}: expected {Colour.allowed}")
    return base, colours
