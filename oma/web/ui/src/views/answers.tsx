/** What an agent asks, and the answers that its dialog offers. */

import { askAnswer } from "../actions";
import { openDialog, optionWords } from "../model/dialog";
import type { Agent, Dialog } from "../model/types";
import { printable } from "../model/words";
import { mayAct } from "../page";

/** What is to be permitted, and the question. */
export function Asked({ asked }: { asked: Dialog }) {
  return (
    <div class="asked">
      {asked.subject !== "" && <pre>{printable(asked.subject)}</pre>}
      {asked.question !== "" && <p>{printable(asked.question)}</p>}
    </div>
  );
}

/** A button for each option; nothing where none can be chosen from here. */
export function Options({ agent }: { agent: Agent }) {
  const asked = openDialog(agent);
  if (asked === null || !mayAct()) return null;
  if (asked.takes_text)
    return (
      <div class="options">
        <a class="button" href="#/inbox">
          Answer in the inbox
        </a>
      </div>
    );
  return (
    <div class="options" role="group" aria-label="Answer its dialog">
      {asked.options.map((option, index) => {
        const words = printable(optionWords(option));
        return option.key === "" ? (
          <span class="faint" key={index} title="Only the arrow keys of its terminal reach this one">
            {words}
          </span>
        ) : (
          <button
            type="button"
            key={index}
            title={words}
            data-chosen={option.chosen}
            onClick={() => askAnswer(agent, option.key)}
          >
            <kbd>{option.key}</kbd> <span>{printable(option.label)}</span>
          </button>
        );
      })}
    </div>
  );
}

export function Answers({ agent }: { agent: Agent }) {
  const asked = openDialog(agent);
  if (asked === null) return null;
  return (
    <div class="answers">
      <Asked asked={asked} />
      <Options agent={agent} />
    </div>
  );
}
