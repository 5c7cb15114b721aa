/** The answers that an agent's dialog offers. */

import { askAnswer } from "../actions";
import type { Agent } from "../model/types";

export function Answers({ agent }: { agent: Agent }) {
  const digits = agent.answers ?? [];
  if (agent.health !== "waiting" || digits.length === 0) return null;
  return (
    <div class="answers" role="group" aria-label="Answer its dialog">
      <span>Answer</span>
      {digits.map((digit) => (
        <button type="button" key={digit} onClick={() => askAnswer(agent, digit)}>
          <kbd>{digit}</kbd>
        </button>
      ))}
    </div>
  );
}
