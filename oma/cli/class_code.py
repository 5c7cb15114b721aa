"""Keeps the code of the classes that attrs makes, as Python keeps that of modules, and beside it.

attrs writes the methods of each class as a text and compiles it at every start: a third of the time of all
imports, as there are hundreds of them. Here what a text was compiled to is found by that text. Light: no
attrs, which may never be imported.
"""

import binascii
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType

_MAKER = "attr._make"
"""The module of attrs that makes classes."""

_MOST_BYTES = 8_000_000
"""Of a file: what old versions left is dropped beyond."""

Key = tuple[str, str]
"""The name that attrs gives a text, which tracebacks show, and the text."""


@contextmanager
def kept_class_code() -> Iterator[None]:
    """Let attrs find what it compiled in earlier runs, in all that is imported in this block."""
    path = code_path(__file__)
    if path is None:
        yield
        return
    code = ClassCode(path)
    finder = AttrsFinder(code)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        finder.leave()
        if not sys.dont_write_bytecode:
            code.write()


def code_path(module: str) -> str | None:
    """Return the file for the classes of the package of `module`, among the byte code of that.

    Whoever can write there could change the modules themselves. `None` where Python keeps none.
    """
    from importlib.util import cache_from_source

    try:
        beside = cache_from_source(module)
    except NotImplementedError:
        return None
    optimized = f"-{sys.flags.optimize}" if sys.flags.optimize else ""
    name = f"attrs.{sys.implementation.cache_tag}-{sys.hexversion:x}{optimized}.code"
    return os.path.join(os.path.dirname(beside), name)


class ClassCode:
    """The code of one file, and what was compiled besides."""

    def __init__(self, path: str) -> None:
        """Make one that reads the file when it is asked for the first text."""
        self.path = path
        self._kept: dict[Key, bytes] | None = None
        self._compiled: dict[Key, CodeType] = {}

    def compile(self, source: str, filename: str, mode: str) -> CodeType:
        """Stand in for `compile`, as attrs calls it."""
        if self._kept is None:
            self._kept = read_code(self.path)
        key = filename, source
        kept = self._kept.pop(key, None)
        if kept is not None:
            with suppress(EOFError, TypeError, ValueError):
                found = marshal.loads(kept)
                if isinstance(found, CodeType):
                    return found
        code: CodeType = compile(source, filename, mode)
        self._compiled[key] = code
        return code

    def rest(self) -> None:
        """Hold no more of the file: what is compiled from now on is not looked for there."""
        self._kept = {}

    def write(self) -> None:
        """Add to the file what it does not hold; a file that cannot be written is left alone."""
        self._kept = None
        if not self._compiled:
            return
        known = read_code(self.path)
        made = {key: marshal.dumps(code) for key, code in self._compiled.items()}
        if made.items() <= known.items():
            return
        content = marshal.dumps(known | made)
        if len(content) > _MOST_BYTES:
            content = marshal.dumps(made)
        beside = f"{self.path}.{os.getpid()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        with suppress(OSError), os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
            try:
                file.write(content)
                file.flush()
                os.replace(beside, self.path)
            except OSError:
                os.unlink(beside)  # the disk is full, say


class AttrsFinder:
    """Stands among the finders of modules until attrs is imported; finds none."""

    def __init__(self, code: ClassCode) -> None:
        """Make one that lets attrs compile by `code`."""
        self._code = code

    def find_spec(
        self, _name: str, _path: object = None, _target: object = None
    ) -> ModuleSpec | None:
        """Say that others find the module; attrs imports more after what makes its classes."""
        if (maker := sys.modules.get(_MAKER)) is not None:
            self.leave()
            compile_by(maker, self._code)
        return None

    def leave(self) -> None:
        """Stand there no longer."""
        with suppress(ValueError):
            sys.meta_path.remove(self)


def compile_by(maker: ModuleType, code: ClassCode) -> None:
    """Put names before those of `builtins` in a module; one that uses them otherwise is not changed by it."""
    vars(maker)["compile"] = code.compile
    # It stands in the text of every class that has a hash, and Python's own differs from run to run.
    vars(maker)["hash"] = stable_hash


def forget_texts() -> None:
    """Let go of what is needed to make classes alone, in a run that lasts: megabytes.

    A traceback through a method that attrs wrote shows no line of it then.
    """
    import linecache

    linecache.clearcache()
    maker = sys.modules.get(_MAKER)
    code = getattr(getattr(maker, "compile", None), "__self__", None)
    if isinstance(code, ClassCode):
        code.rest()


def stable_hash(value: object) -> int:
    """Return the hash of a text, the same in every run; that of anything else as Python does."""
    return binascii.crc32(value.encode()) if isinstance(value, str) else hash(value)


def read_code(path: str) -> dict[Key, bytes]:
    """Return what a file holds; nothing where there is none, or it was cut off."""
    try:
        with open(path, "rb") as file:
            found = marshal.loads(file.read())
    except (OSError, EOFError, TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
