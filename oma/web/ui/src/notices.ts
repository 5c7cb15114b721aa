/** Notifications of the browser: asked for by a button, shown once for each transition. */

import { say } from "./asking";
import { Cell } from "./cell";
import type { News } from "./model/fleet";
import { agentAddress } from "./model/route";
import { printable } from "./model/words";
import { subscribe, unsubscribe } from "./push";
import { Refusal } from "./server/http";
import { showByWorker } from "./shell";

const KEY = "oma.notify";

export type Wish = "impossible" | "off" | "on" | "denied";

function wished(): Wish {
  if (!("Notification" in window)) return "impossible";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && localStorage.getItem(KEY) === "on" ? "on" : "off";
}

export const notices = new Cell<Wish>(wished());

/**
 * Switches notifications on or off; the browser asks the user the first time.
 * @param key What to subscribe by, so that they come while no page is open, too; null where the server sends none.
 */
export async function toggleNotices(key: string | null): Promise<void> {
  if (notices.value === "on") {
    localStorage.setItem(KEY, "off");
    void unsubscribe();
  } else if ((await Notification.requestPermission()) === "granted") {
    localStorage.setItem(KEY, "on");
    void keepPush(key, true);
  }
  notices.set(wished());
}

/** Subscribes a browser whose user wants notifications. @param tells Whether the user is told that it fails. */
export async function keepPush(key: string | null, tells = false): Promise<void> {
  if (key === null || wished() !== "on") return;
  try {
    await subscribe(key);
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof DOMException)) throw error;
    if (tells) say(`Notifications come while the page is open, and not else: ${error.message}`, true);
  }
}

/** Tells a user who asked for it. The tag keeps two tabs, and the server, from telling it twice. */
export function notify(news: News): void {
  if (notices.value !== "on") return;
  const title = `${printable(news.agent)} is ${news.health}`;
  const options = {
    body: printable(news.words).slice(0, 200),
    tag: `oma ${news.id}`,
    data: agentAddress(news.id),
  };
  void showByWorker(title, options).then((shown) => {
    if (!shown) show(title, options, news);
  });
}

function show(title: string, options: NotificationOptions, news: News): void {
  try {
    const notice = new Notification(title, options);
    notice.onclick = () => {
      window.focus();
      location.hash = agentAddress(news.id);
      notice.close();
    };
  } catch {
    // Chrome on Android has the class, and throws: only a service worker may show one there.
    notices.set("impossible");
    say(title);
  }
}
