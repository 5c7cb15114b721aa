"""Tasks that wait for something to happen; where none ever does, the event loop is not even imported."""

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    import trio


@attrs.define(eq=False)
class Waiters:
    """Those who wait for one thing."""

    _lot: "trio.lowlevel.ParkingLot | None" = None

    async def park(self) -> None:
        """Wait until `unpark_all` is called."""
        import trio

        if self._lot is None:
            self._lot = trio.lowlevel.ParkingLot()
        await self._lot.park()

    def unpark_all(self) -> None:
        """Wake all who wait. Never blocks."""
        if self._lot:  # somebody waits
            self._lot.unpark_all()
