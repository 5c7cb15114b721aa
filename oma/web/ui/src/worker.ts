/** The shared worker: it has the streams of this browser, and each tab is a port. */

import { Hub, type FromTab } from "./server/hub";
import { openStream } from "./server/stream";
import { whenGone, type Hello } from "./server/tab_lock";

const hub = new Hub(openStream);

self.addEventListener("connect", (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port === undefined) return;
  const client = hub.join((message) => port.postMessage(message));
  port.onmessage = ({ data }: MessageEvent<FromTab | Hello>) => {
    if (data.type === "hello") whenGone(data.lock, () => client.leave());
    else client.take(data);
  };
});
self.addEventListener("online", () => hub.wake(true));
