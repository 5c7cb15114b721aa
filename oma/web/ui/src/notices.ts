/** Notifications of the browser: asked for by a button, shown once for each transition. */

import { say } from "./asking";
import { Cell } from "./cell";
import type { News } from "./model/fleet";
import { agentAddress } from "./model/route";
import { printable } from "./model/words";
import { showByWorker } from "./shell";

const KEY = "oma.notify";

export type Wish = "impossible" | "off" | "on" | "denied";

function wished(): Wish {
  if (!("Notification" in window)) return "impossible";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && localStorage.getItem(KEY) === "on" ? "on" : "off";
}

export const notices = new Cell<Wish>(wished());

/** Switches notifications on or off; the browser asks the user the first time. */
export async function toggleNotices(): Promise<void> {
  if (notices.value === "on") localStorage.setItem(KEY, "off");
  else if ((await Notification.requestPermission()) === "granted") localStorage.setItem(KEY, "on");
  notices.set(wished());
}

/** Tells a user who asked for it. The tag keeps two tabs from telling it twice. */
export function notify(news: News): void {
  if (notices.value !== "on") return;
  const title = `${printable(news.agent)} is ${news.health}`;
  const options = {
    body: printable(news.words).slice(0, 200),
    tag: `oma ${news.key}`,
    data: agentAddress(news.id),
  };
  try {
    show(title, options, news);
  } catch {
    // Chrome on Android has the class, and throws: only a service worker may show one there.
    void showByWorker(title, options).then((shown) => {
      if (shown) return;
      notices.set("impossible");
      say(title);
    });
  }
}

function show(title: string, options: NotificationOptions, news: News): void {
  const notice = new Notification(title, options);
  notice.onclick = () => {
    window.focus();
    location.hash = agentAddress(news.id);
    notice.close();
  };
}
