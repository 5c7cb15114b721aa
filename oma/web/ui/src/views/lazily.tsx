/** Parts of the page that are loaded when they are first shown: what draws terminals is most of it all. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

type Loaded<Props> = ComponentType<Props> | "failed" | null;

/** A view that is loaded once, and says so until it is there. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: Loaded<Props> = null;
  return function Lazily(props: Props) {
    const [View, setView] = useState<{ readonly is: Loaded<Props> }>({ is: loaded });
    useEffect(() => {
      if (loaded !== null) return;
      load().then(
        (found) => setView({ is: (loaded = found) }),
        () => setView({ is: "failed" }),
      );
    }, []);
    if (View.is === null) return <p class="pane faint">Loading…</p>;
    if (View.is === "failed")
      return <p class="pane wrong">This part of the page could not be loaded: reload the page.</p>;
    return <View.is {...props} />;
  };
}
