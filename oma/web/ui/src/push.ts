/** Web Push: notifications that the server sends to this browser, also while no page is open. */

import { post, Refusal } from "./server/http";
import { registered } from "./shell";

/** Whether this browser is subscribed at the server that the page is of. */
const KEY = "oma.push";

/** Has the server send to this browser; told again each time the page is opened, as that ends some time after the last. */
export async function subscribe(key: string): Promise<void> {
  const registration = await registered();
  if (registration === null || !("pushManager" in registration)) return;
  const wanted = decoded(key);
  let found = await registration.pushManager.getSubscription();
  if (found !== null && !isSame(found.options.applicationServerKey, wanted)) {
    await found.unsubscribe(); // it was for a key that the server has no more
    found = null;
  }
  found ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
  const { keys } = found.toJSON();
  await post("/api/push/subscribe", { endpoint: found.endpoint, p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" });
  localStorage.setItem(KEY, "on");
}

/** Ends that; nothing where this browser was never subscribed. */
export async function unsubscribe(): Promise<void> {
  if (localStorage.getItem(KEY) === null) return;
  localStorage.removeItem(KEY);
  const found = await (await registered())?.pushManager.getSubscription();
  if (found == null) return;
  await found.unsubscribe();
  try {
    await post("/api/push/unsubscribe", { endpoint: found.endpoint });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error; // the server finds out when it sends
  }
}

function isSame(given: ArrayBuffer | null, wanted: Uint8Array): boolean {
  const bytes = new Uint8Array(given ?? new ArrayBuffer(0));
  return bytes.length === wanted.length && bytes.every((byte, index) => byte === wanted[index]);
}

function decoded(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (each) => each.charCodeAt(0));
}
