/** The service worker of this page: it keeps the page's own files, and shows notifications where a page may not. */

import { addressOf, BASE } from "./server/base";

/** Browsers have service workers on this machine and over TLS alone. */
const workers = "serviceWorker" in navigator ? navigator.serviceWorker : null;

let asked = false;

/** Has the files of the page kept; once, and not for a stranger, whose page the server gives with an error. */
export async function keepShell(): Promise<void> {
  if (workers === null || asked) return;
  asked = true;
  workers.addEventListener("message", ({ data }: MessageEvent<{ readonly hash?: unknown }>) => {
    if (typeof data.hash === "string" && data.hash.startsWith("#/")) location.hash = data.hash;
  });
  try {
    await workers.register(addressOf("service-worker.js"), { scope: BASE });
  } catch {
    // A page that is not kept works as well while there is a network.
  }
}

/** Shows a notification by the service worker. @returns Whether there is one that may. */
export async function showByWorker(title: string, options: NotificationOptions): Promise<boolean> {
  try {
    const registration = await workers?.getRegistration(BASE);
    if (registration?.active == null) return false;
    await registration.showNotification(title, options);
    return true;
  } catch {
    return false; // not permitted any more
  }
}
