// A real Chromium with the person's session: what a page receives, and when it shows what matters.
import { chromium, type BrowserContext, type Page } from "@playwright/test";
import { getBrowser } from "../scripts/test/browser";
import { median, type Figure } from "./figures";
import type { Kit } from "./kit";

const LOADS = 5;
const QUIET_MS = 1_000;

interface Watched {
  /** Bytes so far, as they travelled: compressed, with headers, streams included. */
  received(): number;
  /** Of scripts alone. */
  scripts(): number;
  close(): Promise<void>;
}

export interface Pages {
  view(path: string): Promise<Watched>;
  /** Median of cold loads, each in a browser that knows nothing. */
  largestPaint(path: string, name: string): Promise<Figure>;
  firstLoad(path: string, what: { name: string; goal: number; signedOut?: boolean }): Promise<Figure>;
  close(): Promise<void>;
}

export async function openPages({ info, cookie }: Kit): Promise<Pages> {
  const found = await getBrowser(console.error);
  if ("missing" in found) throw new Error(found.missing);
  const browser = await chromium.launch(found.path === undefined ? {} : { executablePath: found.path });
  const [name = "", value = ""] = cookie.split("=");
  const context = async (signedOut = false): Promise<BrowserContext> => {
    const opened = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
    if (!signedOut) await opened.addCookies([{ name, value, url: info.url }]);
    return opened;
  };
  const open = async (path: string, signedOut?: boolean): Promise<Watched & { page: Page }> => {
    const own = await context(signedOut);
    const page = await own.newPage();
    const seen = await receives(page);
    await page.goto(`${info.url}${path}`, { waitUntil: "load" });
    await page.waitForTimeout(QUIET_MS);
    return { ...seen, page, close: () => own.close() };
  };
  return {
    view: (path) => open(path),
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
    close: () => browser.close(),
  };
}

async function receives(page: Page): Promise<Pick<Watched, "received" | "scripts">> {
  const session = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let [all, ofScripts] = [0, 0];
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    all += response.encodedDataLength;
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    all += encodedDataLength;
    if (scripts.has(requestId)) ofScripts += encodedDataLength;
  });
  await session.send("Network.enable");
  return { received: () => all, scripts: () => ofScripts };
}
