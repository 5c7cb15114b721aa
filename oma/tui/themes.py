"""The themes that there are, and the colours that a user puts into one.

A theme for a dark or a light terminal takes its colours from the part of the palette that is the same
everywhere. Every one of them has a contrast of 4.5 or more with what is behind it, of 7 or more in the
high-contrast ones. On a terminal of fewer colours, whose palette is its own, `Theme.few` has what is
readable with the common ones.
"""

from collections.abc import Mapping

import attrs

from oma.screen.styled import TextStyle
from oma.tui.colours import colour_named, contrast, luminance
from oma.tui.inputs import Background
from oma.tui.theme import SELECTED, Theme


@attrs.frozen
class ThemeChoice:
    """The themes that a user wants: one for dark backgrounds, one for light ones."""

    dark: Theme
    light: Theme

    @property
    def asks_background(self) -> bool:
        """Whether it depends on the background, for which the terminal is asked."""
        return self.dark is not self.light

    def on(self, background: Background) -> Theme:
        """Return the theme for a background: the one whose extreme it is nearer to."""
        lightness = luminance(background.red, background.green, background.blue)
        is_light = contrast(lightness, 1.0) < contrast(lightness, 0.0)
        return self.light if is_light else self.dark

    def assumed(self, colorfgbg: str) -> Theme:
        """Return the theme for a terminal that has not said how its background looks.

        Args:
            colorfgbg: What the variable COLORFGBG has, which some terminals set: two or three
                numbers of the palette, the background last.
        """
        background = colorfgbg.rpartition(";")[2]
        lights = {"7", "9", "10", "11", "12", "13", "14", "15"}
        return self.light if background in lights else self.dark


def _styles(
    *,
    accent: int,
    ok: int,
    idle: int,
    stuck: int,
    faint: TextStyle,
    rule: TextStyle,
) -> dict[str, TextStyle]:
    """Return every style; what invites a key, and who waits for one, have the accent."""
    inviting = TextStyle(foreground=accent, bold=True)
    return {
        "text": TextStyle(),
        "strong": TextStyle(bold=True),
        "question": TextStyle(reverse=True, bold=True),
        "notice": TextStyle(bold=True),
        "faint": faint,
        "rule": rule,
        "brand": inviting,
        "key": inviting,
        "ok": TextStyle(foreground=ok),
        "idle": TextStyle(foreground=idle),
        "waiting": inviting,
        "stuck": TextStyle(foreground=stuck, bold=True),
        "exited": faint,
    }


def _theme(
    styles: Mapping[str, TextStyle],
    selection: int | None = None,
    on_selection: Mapping[str, int] | None = None,
    few: Mapping[str, TextStyle] | None = None,
) -> Theme:
    """Return a theme; what is selected is reversed where there is no colour for that.

    Args:
        styles: Of what is not selected.
        selection: The background of what is selected.
        on_selection: Colours of text there, by style; "text" for those that have none.
        few: As `Theme.few`.
    """
    colours = on_selection or {}
    reversed_ = {
        f"{name}{SELECTED}": TextStyle(reverse=True, bold=style.bold)
        for name, style in styles.items()
    }
    if selection is None:
        return Theme({**styles, **reversed_}, few or {})
    chosen = {}
    for name, style in styles.items():
        own = colours.get(name, style.foreground)
        chosen[f"{name}{SELECTED}"] = attrs.evolve(
            style,
            foreground=colours.get("text") if own is None else own,
            background=selection,
            reverse=False,
        )
    return Theme({**styles, **chosen}, {**(few or {}), **reversed_})


_RULE = TextStyle(foreground=243)
_DIM = TextStyle(dim=True)

DARK = _theme(
    _styles(accent=39, ok=77, idle=178, stuck=203, faint=TextStyle(foreground=245), rule=_RULE),
    selection=236,
    on_selection={"text": 255, "stuck": 210, "faint": 250, "exited": 250, "rule": 250},
)

# Bold may mean bright, and of the bright ones only blue can be read on white.
_FEW_ON_WHITE = {
    **dict.fromkeys(("brand", "key", "waiting"), TextStyle(foreground=4, bold=True)),
    "ok": TextStyle(),
    "idle": TextStyle(foreground=5),
    "stuck": TextStyle(foreground=1),
}

LIGHT = _theme(
    _styles(accent=25, ok=28, idle=94, stuck=160, faint=TextStyle(foreground=242), rule=_RULE),
    selection=254,
    on_selection={
        "text": 16,
        "faint": 239,
        "exited": 239,
        "rule": 239,
        "ok": 22,
        "idle": 58,
        "stuck": 124,
    },
    few=_FEW_ON_WHITE,
)

CONTRAST_DARK = _theme(
    _styles(
        accent=51,
        ok=46,
        idle=226,
        stuck=217,
        faint=TextStyle(foreground=252),
        rule=TextStyle(foreground=250),
    ),
    few={"stuck": TextStyle(bold=True, reverse=True)},
)

CONTRAST_LIGHT = _theme(
    _styles(
        accent=18,
        ok=22,
        idle=53,
        stuck=88,
        faint=TextStyle(foreground=236),
        rule=TextStyle(foreground=238),
    ),
    few=_FEW_ON_WHITE,
)

TERMINAL = _theme(_styles(accent=6, ok=2, idle=3, stuck=1, faint=_DIM, rule=_DIM))
"""The terminal's own colours and no others: for who has chosen those with care."""

CHOICES = {
    "auto": ThemeChoice(DARK, LIGHT),
    "dark": ThemeChoice(DARK, DARK),
    "light": ThemeChoice(LIGHT, LIGHT),
    "high-contrast": ThemeChoice(CONTRAST_DARK, CONTRAST_LIGHT),
    "terminal": ThemeChoice(TERMINAL, TERMINAL),
}
"""By the option `[dashboard] theme`."""

_OWN = {
    "accent": ("brand", "key", "waiting"),
    "faint": ("faint", "exited"),
    **{name: (name,) for name in ("ok", "idle", "waiting", "stuck", "exited", "rule")},
}
"""Option of `[theme]` → the styles that it colours; the later ones outweigh the earlier."""


def chosen(name: str, own: Mapping[str, str]) -> ThemeChoice:
    """Return what the options ask for.

    Args:
        name: Of `CHOICES`.
        own: The options of `[theme]`, which `with_own` takes.
    """
    choice = CHOICES[name]
    if set(own.values()) <= {"theme"}:
        return choice
    dark = with_own(choice.dark, own)
    return ThemeChoice(dark, with_own(choice.light, own) if choice.asks_background else dark)


def with_own(theme: Theme, own: Mapping[str, str]) -> Theme:
    """Return a theme with the colours that a user gives; the others stay.

    Args:
        theme: What is changed.
        own: Option of `[theme]` → colour, as the option accepts it; "theme", or none, changes nothing.
    """
    styles, few = dict(theme.styles), dict(theme.few)
    for option, names in _OWN.items():
        value = own.get(option, "theme")
        if value == "theme":
            continue
        for name in names:
            plain = attrs.evolve(styles[name], foreground=colour_named(value), dim=False)
            styles[name] = plain
            few.pop(name, None)
            marked = f"{name}{SELECTED}"
            if not styles[marked].reverse:
                styles[marked] = attrs.evolve(styles[marked], foreground=plain.foreground)
    if (selection := own.get("selection", "theme")) != "theme":
        behind = colour_named(selection)
        for name in theme.styles:
            if name.endswith(SELECTED):
                plain = styles[name.removesuffix(SELECTED)]
                ink = styles[name] if not styles[name].reverse else plain
                styles[name] = attrs.evolve(ink, background=behind, reverse=behind is None)
    return Theme(styles, few)
