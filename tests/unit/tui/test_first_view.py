"""How a dashboard begins."""

from datetime import UTC, datetime

from oma.config.schema import DashboardSection
from oma.tui.columns import Column
from oma.tui.first_view import first_view
from oma.tui.grouping import Grouping
from oma.tui.ordering import Order


def test_a_dashboard_begins_as_the_configuration_says():
    looked = datetime(2026, 11, 20, tzinfo=UTC)
    view = first_view(
        DashboardSection(group="project", columns=("name", "cpu"), sort="cpu", filters=("a=b c",)),
        looked,
    )

    assert (view.grouping, view.columns) == (Grouping.PROJECT, (Column.NAME, Column.CPU))
    assert view.order is Order.CPU
    assert (view.away_since, view.saved_filters) == (looked, (("a", "b c"),))


def test_no_list_is_without_names():
    assert first_view(DashboardSection(columns=("cpu",))).columns == (Column.NAME, Column.CPU)
