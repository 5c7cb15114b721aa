"""How a dashboard begins, as the configuration wants it."""

from datetime import datetime

from oma.config.schema import DashboardSection
from oma.tui.columns import Column
from oma.tui.filtering import saved_filters
from oma.tui.grouping import Grouping
from oma.tui.ordering import Order
from oma.tui.view_model import View


def first_view(options: DashboardSection, away_since: datetime | None = None) -> View:
    """Return the view of a dashboard that starts.

    Args:
        options: The section `[dashboard]`.
        away_since: When the user last looked.
    """
    columns = tuple(map(Column, options.columns))
    return View(
        grouping=Grouping(options.group),
        order=Order(options.sort),
        columns=columns if Column.NAME in columns else (Column.NAME, *columns),
        saved_filters=saved_filters(options.filters),
        away_since=away_since,
    )
