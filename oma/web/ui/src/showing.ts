/** Notifications by the service worker: the same for one that the page shows and for one that was sent. */

/** Both tell of one change; the push comes some seconds after the page. */
const SAME_MS = 15_000;

/** Shows a notification. One of the same tag that came just now is replaced without a sound, an older one with. */
export async function showOnce(
  registration: ServiceWorkerRegistration,
  title: string,
  options: NotificationOptions & { readonly tag: string },
): Promise<void> {
  const shown = await registration.getNotifications({ tag: options.tag });
  const at = Date.now();
  const isNew = !shown.some((each) => at - shownAt(each) < SAME_MS);
  if (isNew) for (const each of shown) each.close();
  const { data } = options as { readonly data?: unknown };
  await registration.showNotification(title, { ...options, data: { place: data, at } });
}

function shownAt(notification: Notification): number {
  const { at } = (notification.data ?? {}) as { readonly at?: unknown };
  return typeof at === "number" ? at : 0;
}

/** The place in the page that a notification leads to; the list of agents where it names none of the page's. */
export function placeOf(notification: Notification): string {
  const { place } = (notification.data ?? {}) as { readonly place?: unknown };
  return typeof place === "string" && place.startsWith("#/") ? place : "#/";
}
