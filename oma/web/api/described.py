"""The shapes of JSON that `oma` prints, for pydantic: with what their source says of each key.

A shape is a typed dict of the standard library, or a class of attrs, so that nothing of the web is
imported where it is printed. pydantic reads no typed dict of Python 3.11, and no text below a key.
"""

import ast
import inspect
import sys
import textwrap
from functools import reduce
from itertools import pairwise
from operator import attrgetter, or_
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs
from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema
from typing_extensions import TypedDict, is_typeddict

_MADE: dict[tuple[type, str], Any] = {}


@attrs.frozen
class Described:
    """In `Annotated[Shape, Described()]`: pydantic takes the shape with its texts."""

    name: str | None = None
    """What it is called in the schema; the name of its class without."""

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return the schema of the shape that is annotated."""
        return handler(described(source, self.name))


def described(kind: Any, name: str | None = None) -> Any:  # noqa: ANN401  # a type of any form
    """Return a type as pydantic understands it, with what the source says of each key.

    Args:
        kind: A shape, or a type that is made of shapes.
        name: What the shape is called in the schema; the name of its class without.
    """
    if (arguments := get_args(kind)) and get_origin(kind) is Annotated:
        return Annotated[described(arguments[0]), Field(description=arguments[1])]
    if arguments:
        inner = tuple(described(each) for each in arguments)
        origin = get_origin(kind)
        return reduce(or_, inner) if origin in {Union, UnionType} else origin[inner]
    if not (is_typeddict(kind) or attrs.has(kind)):
        return kind
    name = name or kind.__name__
    if (kind, name) not in _MADE:
        told = _told_of_keys(kind)
        keys = {
            key: Annotated[described(hint), Field(description=told[key])]
            if key in told
            else described(hint)
            for key, hint in get_type_hints(kind, include_extras=True).items()
        }
        make: Any = TypedDict  # while it runs, of which nothing is known before
        made = _MADE[kind, name] = make(name, keys)
        made.__doc__ = inspect.getdoc(kind)
    return _MADE[kind, name]


def _told_of_keys(kind: type) -> dict[str, str]:
    """Return the texts below the keys of a class and of those that it extends."""
    try:
        source = textwrap.dedent(inspect.getsource(kind))
    except (OSError, TypeError):
        return {}  # made by a call: its keys carry their texts themselves
    parsed = ast.parse(source).body[0]
    if not isinstance(parsed, ast.ClassDef):
        return {}
    told: dict[str, str] = {}
    for base in parsed.bases:
        found = attrgetter(ast.unparse(base))(sys.modules[kind.__module__])
        if is_typeddict(found):
            told |= _told_of_keys(found)
    for key, below in pairwise(parsed.body):
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    told[key.target.id] = " ".join(text.split())
                case _:
                    pass
    return told
