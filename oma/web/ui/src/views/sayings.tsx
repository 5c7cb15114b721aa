/** Lines that tell what came of something, and pass. */

import { hush, sayings } from "../asking";
import { useCell } from "../cell";
import { printable } from "../model/words";

export function Sayings() {
  return (
    <div class="sayings" role="status" aria-live="polite">
      {useCell(sayings).map((each) => (
        <button type="button" key={each.key} class={each.failed ? "wrong" : ""} onClick={() => hush(each.key)}>
          {printable(each.words)}
        </button>
      ))}
    </div>
  );
}
