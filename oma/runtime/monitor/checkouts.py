"""Tells the log which repositories and branches agents work in, as their directories and branches change."""

from collections.abc import Iterable, Mapping
from functools import partial

import attrs

from oma.model.events import CheckoutSeen
from oma.runtime.blocking_call import call_within
from oma.runtime.git_checkout import Checkout, find_checkout, read_branch
from oma.store.store import Store

READ_EVERY_S = 1.0
"""While something happens; a pass reads one small file for each directory."""

READ_AGAIN_S = 0.1
"""The least time between two passes: an agent that is new has its branch with its first verdict."""

FIND_EVERY_S = 30.0
"""A repository that is made, moved or removed is noticed after that."""


@attrs.define
class CheckoutReader:
    """Reads the checkouts of directories; remembers which repository a directory is in."""

    _found: dict[str, Checkout] = attrs.Factory(dict)
    _found_s: float = 0.0

    async def read_into(self, store: Store) -> None:
        """Log what is new of the checkouts of all agents that are known now.

        The files are read in a worker thread, which is left behind when this is cancelled: a file
        system may hang.
        """
        import trio  # `read_within` does without

        if directories := _directories(store):
            now_s = trio.current_time()
            read = await trio.to_thread.run_sync(
                self._read, directories, now_s, abandon_on_cancel=True
            )
            _tell(store, read)

    def read_within(self, patience_s: float, store: Store) -> None:
        """As `read_into`, for a look of its own; blocks for `patience_s` at most, then nothing is logged."""
        if directories := _directories(store):
            _tell(store, call_within(patience_s, partial(self._read, directories, 0.0)) or {})

    def lacks(self, store: Store) -> bool:
        """Say whether an agent is in a directory that was not read yet."""
        return not _directories(store) <= self._found.keys()

    def _read(self, directories: Iterable[str], now_s: float) -> dict[str, tuple[str, str]]:
        if now_s - self._found_s >= FIND_EVERY_S:
            self._found, self._found_s = {}, now_s
        known = self._found
        self._found = {each: known.get(each) or find_checkout(each) for each in directories}
        return {
            each: (checkout.project, read_branch(checkout))
            for each, checkout in self._found.items()
        }


async def follow_checkouts(store: Store) -> None:
    """Log checkouts whenever something happens; no timer runs while nothing does. For ever."""
    import trio

    reader, seq = CheckoutReader(), 0
    while True:
        await store.wait_newer(seq)
        seq = store.seq
        await reader.read_into(store)
        facts_seq, until_s = store.facts_seq, trio.current_time() + READ_EVERY_S
        while trio.current_time() < until_s:
            await trio.sleep(READ_AGAIN_S)
            if store.facts_seq != facts_seq and reader.lacks(store):
                break
            facts_seq = store.facts_seq


def _directories(store: Store) -> set[str]:
    return {cwd for cwd, _ in store.checkouts.values() if cwd}


def _tell(store: Store, read: Mapping[str, tuple[str, str]]) -> None:
    for pane, (cwd, known) in store.checkouts.items():
        told = read.get(cwd)
        if told is None:
            continue  # that agent came meanwhile
        event = CheckoutSeen(pane, *told)
        before_it = known or CheckoutSeen(pane, "")
        if event != before_it.with_changes(None):
            store.append(event)
