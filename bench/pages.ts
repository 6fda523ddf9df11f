// A real Chromium with the person's session: what a page receives, and when it shows what matters.
import { once } from "node:events";
import net from "node:net";
import { chromium, type BrowserContext, type Page } from "@playwright/test";
import { getBrowser } from "../scripts/test/browser";
import { median, type Figure } from "./figures";
import type { Kit } from "./kit";

const LOADS = 5;
const QUIET_MS = 1_000;

interface Watched {
  /** Bytes of scripts so far, as they travelled. */
  scripts(): number;
  close(): Promise<void>;
}

export interface Pages {
  /** A page whose person has begun to use it, so that what it fetches ahead is on its way. */
  view(path: string): Promise<Watched>;
  /** Bytes that all pages have received so far, as they travelled: compressed, with headers, the stream that tabs share included. */
  received(): number;
  /** Median of cold loads, each in a browser that knows nothing. */
  largestPaint(path: string, name: string): Promise<Figure>;
  firstLoad(path: string, what: { name: string; goal: number; signedOut?: boolean }): Promise<Figure>;
  close(): Promise<void>;
}

export async function openPages({ info, cookie }: Kit): Promise<Pages> {
  const found = await getBrowser(console.error);
  if ("missing" in found) throw new Error(found.missing);
  const line = await openLine(new URL(info.url));
  const browser = await chromium.launch({
    ...(found.path === undefined ? {} : { executablePath: found.path }),
    args: [`--host-resolver-rules=MAP ${new URL(info.url).host} 127.0.0.1:${line.port}`],
  });
  const [name = "", value = ""] = cookie.split("=");
  const context = async (signedOut = false): Promise<BrowserContext> => {
    const opened = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
    if (!signedOut) await opened.addCookies([{ name, value, url: info.url }]);
    return opened;
  };
  const open = async (path: string, signedOut?: boolean): Promise<Watched & { page: Page }> => {
    const own = await context(signedOut);
    const page = await own.newPage();
    const scripts = await receivesScripts(page);
    await page.goto(`${info.url}${path}`, { waitUntil: "load" });
    await page.waitForTimeout(QUIET_MS);
    return { scripts, page, close: () => own.close() };
  };
  return {
    async view(path) {
      const { page, ...watched } = await open(path);
      await page.mouse.move(200, 200);
      await page.mouse.move(300, 200);
      if (line.received() === 0) throw new Error("the browser did not take the line that counts");
      return watched;
    },
    received: line.received,
    async largestPaint(path, figure) {
      const paints: number[] = [];
      for (let load = 0; load < LOADS; load++) {
        const { page, ...watched } = await open(path);
        paints.push(
          await page.evaluate(
            () =>
              new Promise<number>((resolve) => {
                new PerformanceObserver((list) => {
                  resolve(list.getEntries().at(-1)?.startTime ?? 0);
                }).observe({ type: "largest-contentful-paint", buffered: true });
              }),
          ),
        );
        await watched.close();
      }
      return {
        name: figure,
        value: median(paints),
        unit: "ms",
        goal: 350,
        how: `median of ${LOADS} loads, each in a new browser profile`,
      };
    },
    async firstLoad(path, { name: figure, goal, signedOut }) {
      const watched = await open(path, signedOut);
      const kb = watched.scripts() / 1_000;
      await watched.close();
      return {
        name: figure,
        value: kb,
        unit: "KB",
        goal,
        how: "scripts that Chromium receives until a second after load, compressed",
      };
    },
    async close() {
      await browser.close();
      line.close();
    },
  };
}

/** A line to the product that counts what it brings: what a page and its workers receive, a DevTools session of the page alone does not see. */
async function openLine({ hostname, port }: URL): Promise<{ port: number; received: () => number; close: () => void }> {
  let bytes = 0;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((browser) => {
    const product = net.connect(Number(port), hostname);
    product.on("data", (chunk) => {
      bytes += chunk.length;
    });
    for (const [socket, other] of [
      [browser, product],
      [product, browser],
    ] as const) {
      sockets.add(socket);
      socket.once("error", () => other.destroy()); // the browser goes away in the middle of an answer
      socket.once("close", () => sockets.delete(socket));
    }
    browser.pipe(product).pipe(browser);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as net.AddressInfo).port,
    received: () => bytes,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function receivesScripts(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await session.send("Network.enable");
  return () => bytes;
}
