/** The last days as charts: time in each state, waits and how fast they were answered, failures by their reasons. */

import { useEffect, useState } from "preact/hooks";

import { shownName } from "../actions";
import { daysOf, failuresOf, TIMED, total_s, type Day } from "../model/stats";
import type { AgentDay } from "../model/types";
import { printable, short } from "../model/words";
import { get, Refusal } from "../server/http";

const SPANS = [1, 7, 31] as const;
const date = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

export function Stats() {
  const [span, setSpan] = useState<number>(7);
  const [rows, setRows] = useState<readonly AgentDay[] | null>(null);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    const leaving = new AbortController();
    get<readonly AgentDay[]>(`/api/stats?days=${span}`, leaving.signal).then(
      (found) => {
        setRows(found);
        setWrong("");
      },
      (error: unknown) => {
        if (error instanceof Refusal) setWrong(error.message);
      },
    );
    return () => leaving.abort();
  }, [span]);

  return (
    <main class="page stats">
      <header class="line">
        <h1>Statistics</h1>
        <span class="grow" />
        <span class="line" role="group" aria-label="Of how many days">
          {SPANS.map((each) => (
            <button type="button" key={each} aria-pressed={each === span} onClick={() => setSpan(each)}>
              {each === 1 ? "Today" : `${each} days`}
            </button>
          ))}
        </span>
      </header>
      {wrong !== "" && <p class="wrong">{wrong}</p>}
      {rows?.length === 0 && (
        <p class="faint">
          Nothing is known of these days. <code>oma serve</code> keeps a history while it runs.
        </p>
      )}
      {rows !== null && rows.length > 0 && <Charts rows={rows} />}
    </main>
  );
}

function Charts({ rows }: { rows: readonly AgentDay[] }) {
  const days = daysOf(rows);
  const [chosen, choose] = useState("");
  const shown = days.find((each) => each.day === chosen) ?? days[0];
  const failures = failuresOf(rows);
  return (
    <>
      <p class="key">
        {TIMED.map((health) => (
          <span key={health} class={health}>
            <i class="dot" /> {health}
          </span>
        ))}
      </p>
      <section>
        <h2>All agents, day by day</h2>
        <Days days={days} shown={shown?.day ?? ""} choose={choose} />
      </section>
      {shown && (
        <section>
          <h2>{dayName(shown.day)}</h2>
          <Agents day={shown} />
        </section>
      )}
      <section>
        <h2>What agents were stuck for</h2>
        {failures.length === 0 ? <p class="faint">None was.</p> : <Failures failures={failures} />}
      </section>
    </>
  );
}

function Days({ days, shown, choose }: { days: readonly Day[]; shown: string; choose: (day: string) => void }) {
  const most_s = Math.max(...days.map((each) => each.total_s));
  return (
    <div class="sideways" role="region" aria-label="Days" tabIndex={0}>
      <table>
        <Head first="Day" />
        <tbody>
          {days.map((each) => (
            <tr key={each.day}>
              <th scope="row">
                <button type="button" class="quiet" aria-pressed={each.day === shown} onClick={() => choose(each.day)}>
                  {dayName(each.day)}
                </button>
              </th>
              <Bar seconds={each.seconds} most_s={most_s} />
              <Waits row={each} longest_s={each.longest_s} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Agents({ day }: { day: Day }) {
  const most_s = Math.max(...day.agents.map(total_s));
  return (
    <div class="sideways" role="region" aria-label="Agents of the day" tabIndex={0}>
      <table>
        <Head first="Agent" median />
        <tbody>
          {day.agents.map((each, index) => (
            <tr key={index}>
              <th scope="row" title={printable(each.project)}>
                {shownName(each.agent)}
              </th>
              <Bar seconds={each.seconds} most_s={most_s} />
              <Waits row={each} median_s={each.answered_in_s.median} longest_s={each.answered_in_s.longest} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ first, median = false }: { first: string; median?: boolean }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">Time in each state</th>
        <th scope="col">Answered</th>
        {median && <th scope="col">Half within</th>}
        <th scope="col">Longest</th>
      </tr>
    </thead>
  );
}

/** Time in each state as a bar, and in words. */
function Bar({ seconds, most_s }: { seconds: Readonly<Record<string, number>>; most_s: number }) {
  const parts = TIMED.filter((health) => (seconds[health] ?? 0) > 0);
  const words = parts.map((health) => `${health} ${short(seconds[health] ?? 0)}`).join(", ");
  return (
    <td>
      <span class="shares" aria-hidden="true">
        {parts.map((health) => (
          <span key={health} class={health} style={{ width: `${(100 * (seconds[health] ?? 0)) / most_s}%` }} />
        ))}
      </span>
      <span class="faint">{words}</span>
    </td>
  );
}

interface WaitsProps {
  readonly row: { readonly waits: number; readonly answered: number };
  /** A column of its own, where it is given. */
  readonly median_s?: number | null;
  readonly longest_s: number | null;
}

function Waits({ row, median_s, longest_s }: WaitsProps) {
  return (
    <>
      <td>{row.waits === 0 ? "–" : `${row.answered} of ${row.waits}`}</td>
      {median_s !== undefined && <td>{length(median_s)}</td>}
      <td>{length(longest_s)}</td>
    </>
  );
}

function Failures({ failures }: { failures: readonly (readonly [string, number])[] }) {
  const most = failures[0]?.[1] ?? 1;
  return (
    <div class="sideways" role="region" aria-label="Failures" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">How often</th>
          </tr>
        </thead>
        <tbody>
          {failures.map(([reason, count]) => (
            <tr key={reason}>
              <th scope="row">{printable(reason)}</th>
              <td>
                <span class="shares" aria-hidden="true">
                  <span class="stuck" style={{ width: `${(100 * count) / most}%` }} />
                </span>
                <span class="faint">{count}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const length = (seconds: number | null): string => (seconds === null ? "–" : short(seconds));

const dayName = (day: string): string => date.format(new Date(`${day}T00:00:00Z`));
