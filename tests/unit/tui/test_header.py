"""The first line."""

import attrs

from oma.model.health import Health
from oma.tui.cells import line_cells
from oma.tui.header import header
from oma.tui.theme import TerminalCapabilities
from tests.unit.tui.fleets import agent, listing, played, render_input, state, text_of

FLEET = (
    agent(1, cpu_percent=10.4, rss_bytes=3 << 30),
    agent(2, health=Health.STUCK, cpu_percent=1.0, rss_bytes=1288490189),
    agent(3, health=Health.EXITED, cpu_percent=50.0, rss_bytes=9 << 30),
)


def line(shown, columns, filter_text="", how=""):
    found = listing(shown.state.agents, filter_text=filter_text)
    return header(shown, found, columns, filter_text, how)


def test_it_says_how_many_are_active_and_what_the_living_cost():
    found = text_of(line(render_input(*FLEET), 80))

    assert found.startswith(" oma  Agents: 1/3 active  CPU: 11%  Mem: 4.2GB ")
    assert found.rstrip().endswith("🔴 1  ⚪ 1  🟢 1")


def test_agents_that_are_sampled_are_counted():
    fleet = attrs.evolve(FLEET[0], sampled="slow"), attrs.evolve(FLEET[2], sampled="slow")

    found = text_of(line(render_input(*fleet), 80))

    assert found.startswith(" oma  Agents: 1/2 active, 1 sampled  CPU:")


def test_letters_count_without_emoji():
    found = text_of(
        line(
            attrs.evolve(render_input(*FLEET), capabilities=TerminalCapabilities(emoji=False)),
            80,
        )
    )

    assert found.rstrip().endswith("S 1  x 1  o 1")


def test_costs_that_are_not_known_are_not_made_up():
    assert "CPU: -  Mem: -" in text_of(line(render_input(agent(1)), 80))


def test_a_filter_in_force_is_named():
    assert "filter: health:ok (1 of 3)" in text_of(line(render_input(*FLEET), 80, "health:ok"))


def test_no_server_and_nothing_known_yet_are_told_apart():
    lost = render_input(state=state(tmux=None))
    young = render_input(state=attrs.evolve(state(tmux=None), seq=0))

    assert "no tmux server" in text_of(line(lost, 80))
    assert "looking for agents" in text_of(line(young, 80))


def test_what_does_not_fit_is_left_out_from_the_end():
    assert text_of(line(render_input(*FLEET), 30)) == " oma  Agents: 1/3 active"
    assert text_of(line(render_input(*FLEET), 40)).split("active")[1].split() == [
        *("🔴", "1", "⚪", "1")
    ]
    assert line_cells(line(render_input(*FLEET), 9)) == 9


def test_a_replay_says_what_judges_as_well_as_there_is_room():
    own = render_input(*FLEET, timeline=played())
    other = render_input(*FLEET, timeline=played(rules="\x1b[2Jfast.toml"))

    assert "  judged by: this recording's rules  " in text_of(line(own, 100))
    assert "  its own rules " in text_of(line(own, 60))
    assert text_of(line(own, 40)).count("…") == 0
    assert "judged by: ␛[2Jfast.toml" in text_of(line(other, 80))
    assert "CPU" not in text_of(line(own, 100))
    assert line_cells(line(other, 40)) <= 40


def test_hosts_that_are_not_reached_are_named_and_their_agents_counted_apart():
    lost = attrs.evolve(FLEET[1], lost=True)
    known = state(FLEET[0], lost)
    few = attrs.evolve(known, unreached=("box", "gpu1"))
    many = attrs.evolve(known, unreached=tuple("abcde"))

    found = text_of(line(render_input(state=few), 90))
    assert found.startswith(
        " oma  Agents: 1/2 active  not reached: box, gpu1  CPU: 10%  Mem: 3.0GB "
    )
    assert found.rstrip().endswith("? 1  🟢 1")
    assert "not reached: a, b, c and 2 more" in text_of(line(render_input(state=many), 90))


def test_marks_are_counted():
    found = line(render_input(agent(1), agent(2)), 80, "", "2 marked")

    assert "2 marked" in text_of(found)


def test_how_many_are_in_need_is_told_before_what_they_cost():
    agents = [agent(number, health=health) for number, health in enumerate(Health, 1)]
    found = {columns: text_of(line(render_input(*agents), columns)) for columns in (60, 70, 80)}

    assert ["CPU" in text for text in found.values()] == [False, True, True]
    assert ["Mem" in text for text in found.values()] == [False, False, True]
    assert all(text.count(" 1 ") == len(Health) for text in found.values())
