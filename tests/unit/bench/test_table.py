from oma.bench.figures import spread
from oma.bench.results import Cost, Detection, Flood, Machine, Replay, Results, Start
from oma.bench.table import table

RESULTS = Results(
    machine=Machine("a processor", 2, "Linux 6.1", "3.11.7", "3.3a", "0.1.0", 0.5),
    detection=(
        Detection("bare reader", 100, 4, spread([0.2, 0.4, 0.5, 0.6]), 4, 4),
        Detection("oma", 100, 4, spread([0.8, 1.0, 1.1, 9.0]), 4, 4),
        Detection("poll", 100, 4, None, 4, 0),
    ),
    cost=(
        Cost("nobody", 100, 10, 0.0, 0.0, 8.0, None),
        Cost("oma", 100, 10, 9.0, 1.0, 30.0, 45e6 / 1e6),
        Cost("poll", 100, 10, 60.0, 0.0, 12.0, 27.0),
        Cost("nobody", 300, 10, 0.0, 0.0, 8.0, None, spread([4.0, 8.0])),
        Cost("oma", 300, 10, 9.0, 1.0, 30.0, 45.0, spread([6.0, 16.0])),
    ),
    flood=Flood(50.0, 11.0, 35.0, 90.0, 31.4),
    replay=Replay(60000, spread([400_000.0, 500_000.0]), spread([200_000.0]), spread([60_000.0])),
    start=Start(50, spread([190.0, 200.0]), None),
    took_s=280.0,
)

TEXT = """\
oma 0.1.0, tmux 3.3a, Python 3.11.7
a processor, 2 cores, Linux 6.1
load before the run 0.50; the run took 280 s

detection: from just before a pane writes a failure to the reader's line
  reader                   panes   p50 ms     p90     p99     max      seen  of 300 ms  x bare
  bare reader                100     0.40    0.60    0.60    0.60       4/4        4/4     1.0
  oma                        100     1.00    9.00    9.00    9.00       4/4        4/4     2.5
  poll                       100        -       -       -       -       0/4        0/4

100 agents, 10 frames/s each: percent of one core
  reader                    itself  clients  server     all  RSS MB   x oma
  nobody                      0.00     0.00    8.00    8.00
  oma                         9.00     1.00   30.00   40.00      45
  poll                       60.00     0.00   12.00   72.00      27     2.0

300 agents, 10 frames/s each: percent of one core
  reader                    itself  clients  server     all  RSS MB   x oma  tmux answers in ms, p50, p99 (x nobody)
  nobody                      0.00     0.00    8.00    8.00                  4.0, 8.0 (1.0, 1.0)
  oma                         9.00     1.00   30.00   40.00      45          6.0, 16.0 (1.5, 2.0)

recording a pane that prints as fast as it can: 11.0 MB/s (50 MB); oma used 35 % of a core \
(31 MB in a CPU second), the tmux server 90 %
replay, 60000 records, in a CPU second:
  read                   median 400,000  (min 400,000, max 500,000)
  and folded             median 200,000  (min 200,000, max 200,000)
  with screens, verdicts median 60,000  (min 60,000, max 60,000)
start, 50 agents, ms from the start of the interpreter:
  status      median 190  (min 190, max 200, 2 tries)
  first frame -
"""


def test_figures_their_spread_and_ratios_stand_in_columns():
    lines = table(RESULTS).split("\n")
    assert "\n".join(line.rstrip() for line in lines) == TEXT
