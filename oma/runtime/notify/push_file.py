"""The browsers that take notifications, and the key that push services know this user's oma by: one file, mode 0600."""

import importlib.util
from collections.abc import Callable, Iterable
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.files.locked_file import LockedFile
from oma.notify.push_subscription import PushSubscription, subscription_of

PACKAGES = ("cryptography", "http_ece", "httpx", "py_vapid")
"""Of the extra."""

MOST_EACH = 10
"""Browsers of one login name and token; one more takes the place of the one that ends first."""

MOST = 100
"""Browsers in all."""


def has_packages() -> bool:
    """Say whether the extra is installed."""
    return all(importlib.util.find_spec(package) is not None for package in PACKAGES)


@attrs.frozen
class _Content:
    private_key: str
    subscriptions: tuple[PushSubscription, ...] = ()


@attrs.frozen
class PushFile:
    """The file at a path; it is made when it is first needed.

    Args:
        path: Of it.
        now_s: Seconds since the epoch.
    """

    path: Path
    now_s: Callable[[], float]

    def private_key(self) -> str:
        """Return the key, which is made if need be, in PEM.

        Raises:
            OmaError: The file cannot be read or written, or is damaged.
        """
        found = self._read()
        if found is not None:
            return found.private_key
        with self._file.alone():
            content = self._content()
            self._write(content)
        return content.private_key

    def public_key(self) -> str:
        """Return what browsers are told of it.

        Raises:
            OmaError: As for `private_key`.
        """
        from oma.runtime.notify.push_encryption import public_key  # its packages are of an extra

        try:
            return public_key(self.private_key())
        except ValueError:
            raise self._damaged() from None

    def subscriptions(self) -> tuple[PushSubscription, ...]:
        """Return those that have not expired.

        Raises:
            OmaError: As for `private_key`.
        """
        found = self._read()
        return () if found is None else self._valid(found.subscriptions)

    def add(self, subscription: PushSubscription) -> None:
        """Add a browser; what was known of its endpoint before is replaced.

        Raises:
            OmaError: As for `private_key`, or there are too many.
            NotifyError: Its keys are none.
        """
        from oma.runtime.notify.push_encryption import encrypted  # its packages are of an extra

        encrypted(b"", subscription)
        with self._file.alone():
            content = self._content()
            others = [s for s in content.subscriptions if s.endpoint != subscription.endpoint]
            same = [s for s in others if _holder(s) == _holder(subscription)]
            if len(same) >= MOST_EACH:
                others.remove(min(same, key=lambda each: each.expires_s))
            if len(others) >= MOST:
                raise OmaError(f"{MOST} browsers take notifications, which is the limit")
            self._write(attrs.evolve(content, subscriptions=(*others, subscription)))

    def remove(self, which: Callable[[PushSubscription], bool]) -> bool:
        """Remove these browsers; say whether there were any.

        Raises:
            OmaError: As for `private_key`.
        """
        if not any(map(which, self.subscriptions())):
            return False
        with self._file.alone():
            content = self._content()
            left = tuple(each for each in content.subscriptions if not which(each))
            self._write(attrs.evolve(content, subscriptions=left))
        return True

    @property
    def _file(self) -> LockedFile:
        return LockedFile(self.path)

    def _content(self) -> _Content:
        from oma.runtime.notify.push_encryption import new_private_key  # as above

        found = self._read() or _Content(new_private_key())
        return attrs.evolve(found, subscriptions=self._valid(found.subscriptions))

    def _valid(self, those: Iterable[PushSubscription]) -> tuple[PushSubscription, ...]:
        now_s = self.now_s()
        return tuple(each for each in those if each.expires_s > now_s)

    def _read(self) -> _Content | None:
        try:
            found = self._file.read()
            if found is None:
                return None
            assert isinstance(found, dict)
            each = found["subscriptions"]
            return _Content(str(found["private_key"]), tuple(map(subscription_of, each)))
        except (AssertionError, ValueError, TypeError, KeyError):
            raise self._damaged() from None

    def _write(self, content: _Content) -> None:
        self._file.write(attrs.asdict(content))

    def _damaged(self) -> OmaError:
        return OmaError(f"{self.path}: damaged: remove it; browsers then subscribe anew")


def _holder(subscription: PushSubscription) -> tuple[str, str | None]:
    return subscription.holder, subscription.token_sha256
