/**
 * The way from a tab to the streams of its browser: a shared worker; where there is none, the one tab
 * that holds a lock; and where there is no lock either, streams of its own.
 */

import { addressOf, BASE } from "./base";
import { Hub, type FromTab, type HubClient, type ToTab } from "./hub";
import { openStream } from "./stream";
import { tabLock, whenGone, type Hello } from "./tab_lock";

/** The address of the worker, by the build; another build has another, and shares nothing with this. */
declare const WORKER_URL: string;

const STREAMS = `oma.streams ${BASE} ${WORKER_URL}`;

export type Send = (message: FromTab) => void;

interface Posted {
  /** A tab, the leading one, or (by a new leader) all of them. */
  readonly to: string;
  readonly from?: string;
  readonly message?: FromTab | ToTab;
}

/**
 * @param receive Called with what the streams tell this tab.
 * @param renew Called when whoever has the streams is another, and has to be told what is followed.
 */
export function connect(receive: (message: ToTab) => void, renew: () => void): Send {
  if ("SharedWorker" in window) return byWorker(receive, renew);
  return byLeader(receive, renew);
}

function byWorker(receive: (message: ToTab) => void, renew: () => void): Send {
  const worker = new SharedWorker(addressOf(WORKER_URL), { type: "module", name: `oma ${BASE}` });
  let send: Send = (message) => worker.port.postMessage(message);
  worker.port.onmessage = (event: MessageEvent<ToTab>) => receive(event.data);
  const lock = tabLock();
  void lock?.held.then(() => worker.port.postMessage({ type: "hello", lock: lock.name } satisfies Hello));
  worker.onerror = () => {
    // Its file is gone: the server was replaced by another version, or the browser refuses workers.
    send = byLeader(receive, renew);
    renew();
  };
  return (message) => send(message);
}

function byLeader(receive: (message: ToTab) => void, renew: () => void): Send {
  const lock = tabLock();
  if (lock === null || !("BroadcastChannel" in window)) {
    const own = new Hub(openStream).join(receive);
    return (message) => own.take(message);
  }
  const me = lock.name;
  const channel = new BroadcastChannel(STREAMS);
  const say = (posted: Posted) => channel.postMessage(posted);
  const clients = new Map<string, HubClient>();
  let hub: Hub | null = null;
  let own: HubClient | null = null;

  const clientOf = (tab: string, of: Hub): HubClient => {
    const known = clients.get(tab);
    if (known !== undefined) return known;
    const client = of.join((message) => say({ to: tab, message }));
    clients.set(tab, client);
    whenGone(tab, () => {
      clients.delete(tab);
      client.leave();
    });
    return client;
  };
  channel.onmessage = ({ data }: MessageEvent<Posted>) => {
    if (data.to === "all") renew();
    else if (data.to === me) receive(data.message as ToTab);
    else if (data.to === "leader" && hub !== null && data.from !== undefined) {
      clientOf(data.from, hub).take(data.message as FromTab);
    }
  };
  void navigator.locks.request(STREAMS, () => {
    hub = new Hub(openStream);
    own = hub.join(receive);
    say({ to: "all" });
    renew();
    return new Promise(() => undefined); // until this tab is closed
  });
  return (message) => {
    if (own !== null) own.take(message);
    else void lock.held.then(() => say({ to: "leader", from: me, message }));
  };
}
