from oma.cli import live_dashboard
from oma.cli.live_dashboard import show_dashboard
from oma.cli.option_values import DashboardOptions


def test_it_never_watches_its_own_session(monkeypatch, tmux):
    """The one that `oma up` starts, and the one that it runs in by itself."""
    runs = []

    async def end(watch):
        runs.append(watch)
        return 0

    monkeypatch.setattr(live_dashboard, "runs_inside", lambda socket, environ: True)
    monkeypatch.setattr(live_dashboard.Run, "run", end)
    monkeypatch.setenv("TMUX_PANE", "%3")
    tmux.says("display-message", "oma-agent-mine\n")

    assert show_dashboard(DashboardOptions(match="oma-*"), None) == 0
    assert runs[0].context.exclude == {"oma-dashboard", "oma-serve", "oma-agent-mine"}
    assert runs[0].context.no_service  # it would show itself
    assert runs[0].holds_terminal
