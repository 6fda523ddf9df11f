// The shared stream's side of a tab: its subscriptions, for as long as it is heard of.
import type { Live, ToStream, ToTab } from "./protocol";

/** A tab that crashed says nothing more: its subscriptions are given up after this time. Tabs ping far more often. */
export const FORGET_MS = 60_000;

interface Port {
  postMessage(message: ToTab): void;
  onmessage: ((event: MessageEvent<ToStream>) => void) | null;
}

export function serve(live: Live, port: Port): void {
  const subscriptions = new Map<number, () => void>();
  let forgetting: ReturnType<typeof setTimeout> | undefined;
  const forget = (): void => {
    for (const end of subscriptions.values()) end();
    subscriptions.clear();
  };
  port.onmessage = ({ data }) => {
    clearTimeout(forgetting);
    switch (data.type) {
      case "subscribe": {
        const { id, topic } = data;
        subscriptions.get(id)?.();
        subscriptions.set(
          id,
          live.subscribe(topic, (message) => {
            port.postMessage({ type: "message", id, message });
          }),
        );
        break;
      }
      case "unsubscribe":
        subscriptions.get(data.id)?.();
        subscriptions.delete(data.id);
        break;
      case "ping":
        port.postMessage({ type: "pong", unknown: data.ids.filter((id) => !subscriptions.has(id)) });
        break;
      case "resume":
        live.resume();
        break;
      case "stop":
        live.stop();
    }
    if (subscriptions.size > 0) forgetting = setTimeout(forget, FORGET_MS);
  };
}
