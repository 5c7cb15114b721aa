/**
 * The service worker: it keeps the files of this build, so that the page opens at once, and without a network, too.
 * What the server tells of agents it never sees: it answers for the page and for files of its own build alone.
 */

import { placeOf, showOnce } from "./showing";

/** Addresses below the one that this script is at: what the page begins with, and what it may load later. */
declare const BUILD: { readonly name: string; readonly first: readonly string[]; readonly later: readonly string[] };

/** Of the types of service workers, which exclude those of pages, what is used here. */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Installing extends Waiting {
  addRoutes?(rules: readonly { readonly condition: { readonly urlPattern: string }; readonly source: "network" }[]): Promise<void>;
}
interface Clicking extends Waiting {
  readonly notification: Notification;
}
interface OpenPage {
  postMessage(message: unknown): void;
  focus(): Promise<unknown>;
}
interface Pushed extends Waiting {
  readonly data: { json(): unknown } | null;
}
interface Scope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { readonly type: "window"; readonly includeUncontrolled: boolean }): Promise<readonly OpenPage[]>;
    openWindow(address: string): Promise<unknown>;
  };
  addEventListener(type: "install", listener: (event: Installing) => void): void;
  addEventListener(type: "activate", listener: (event: Waiting) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
  addEventListener(type: "push", listener: (event: Pushed) => void): void;
  addEventListener(type: "notificationclick", listener: (event: Clicking) => void): void;
}

const scope = self as unknown as Scope;
const PAGE = scope.registration.scope;
/** Of one origin there may be several servers, each below a path of its own. */
const CACHES = `oma.shell ${PAGE} `;
const CACHE = CACHES + BUILD.name;
const first = BUILD.first.map(at);
const files = new Set([...first, ...BUILD.later.map(at)]);

function at(path: string): string {
  return new URL(path, PAGE).href;
}

scope.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...first])));
  const api = { condition: { urlPattern: at("api/*") }, source: "network" } as const;
  event.addRoutes?.([api]).catch(() => undefined); // saves waking this worker; without it, it lets them pass
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => scope.clients.claim()));
});

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(CACHES) && name !== CACHE).map((name) => caches.delete(name)));
}

scope.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET") return;
  if (mode === "navigate" && url.split("#")[0] === PAGE) event.respondWith(page(event.request));
  else if (files.has(url)) event.respondWith(file(event.request));
});

/** The page as the server has it; as it was kept where there is no server. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(PAGE, { cacheName: CACHE });
    if (kept === undefined) throw error;
    return kept;
  }
}

/** A file whose name has a hash of what is in it. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}

scope.addEventListener("push", (event) => {
  const { title, body, tag, place } = (event.data?.json() ?? {}) as Readonly<Record<string, unknown>>;
  const options = { body: String(body ?? ""), tag: String(tag ?? "oma"), data: String(place ?? "") };
  event.waitUntil(showOnce(scope.registration, String(title ?? "oma"), options));
});

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(placeOf(event.notification)));
});

/** @param hash The place in the page. */
async function show(hash: string): Promise<void> {
  const [open] = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open === undefined) {
    await scope.clients.openWindow(PAGE + hash);
    return;
  }
  open.postMessage({ hash });
  await open.focus();
}
