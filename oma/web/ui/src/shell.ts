/** The service worker of this page: it keeps the page's own files, and shows notifications where a page may not. */

import { addressOf, BASE } from "./server/base";
import { showOnce } from "./showing";

/** Browsers have service workers on this machine and over TLS alone. */
const workers = "serviceWorker" in navigator ? navigator.serviceWorker : null;

/** What keeps the page; null where none does, or before somebody is logged in. */
let registration: Promise<ServiceWorkerRegistration | null> | null = null;

/** Has the files of the page kept; once, and not for a stranger, whose page the server gives with an error. */
export function keepShell(): void {
  if (workers === null || registration !== null) return;
  workers.addEventListener("message", ({ data }: MessageEvent<{ readonly hash?: unknown }>) => {
    if (typeof data.hash === "string" && data.hash.startsWith("#/")) location.hash = data.hash;
  });
  // A page that is not kept works as well while there is a network.
  registration = workers.register(addressOf("service-worker.js"), { scope: BASE }).catch(() => null);
}

/** The worker's registration, once it is at work; null where there is none. */
export async function registered(): Promise<ServiceWorkerRegistration | null> {
  return workers === null || (await registration) === null ? null : workers.ready;
}

/** Shows a notification by the service worker. @returns Whether there is one that may. */
export async function showByWorker(title: string, options: NotificationOptions & { readonly tag: string }): Promise<boolean> {
  try {
    const found = await workers?.getRegistration(BASE);
    if (found?.active == null) return false;
    await showOnce(found, title, options);
    return true;
  } catch {
    return false; // not permitted any more
  }
}
