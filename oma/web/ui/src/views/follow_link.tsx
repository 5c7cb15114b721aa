/** Shows where an address leads before it is opened: an agent may print any. */

import { dialog } from "../asking";
import type { Link } from "../model/links";

export function FollowLink({ link }: { link: Link }) {
  const close = () => dialog.set(null);
  return (
    <div class="followLink">
      <p>
        Leads to <b>{link.host}</b>
        {link.hasUser && ", whatever stands before it"}:
      </p>
      <pre>{link.address}</pre>
      <p class="choices">
        <button type="button" onClick={close}>
          No <kbd>Esc</kbd>
        </button>
        <button type="button" onClick={() => void navigator.clipboard.writeText(link.address).then(close)}>
          Copy
        </button>
        <a class="button main" href={link.address} target="_blank" rel="noopener noreferrer" onClick={close}>
          Open
        </a>
      </p>
    </div>
  );
}
