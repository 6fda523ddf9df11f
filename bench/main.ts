// `npm run bench`: starts the product on a home of its own with the memory lab and prints the figures of bench/README.md.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { homeAt } from "../scripts/stack/paths";
import { createScreen } from "../scripts/stack/screen";
import { startStack, type StackInfo } from "../scripts/stack/stack";
import { claimTemporaryHome } from "../scripts/test/temporary-home";
import { line, timed, type Figure } from "./figures";
import { benchLists } from "./list.bench";
import { benchMemory } from "./memory.bench";
import { signIn, type Product } from "../scripts/test/product";
import { benchProvision } from "./provision.bench";
import { benchStart } from "./start.bench";

export interface Bench {
  info: StackInfo;
  dir: string;
  product: Product;
}

async function main(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), "homeport-bench-"));
  claimTemporaryHome(dir);
  const print = (text: string) => {
    console.error(text);
  };
  const start = () => startStack({ home: homeAt(dir), screen: createScreen(print), lab: "memory", anyPorts: true });
  const figures: Figure[] = [];
  try {
    const startOnce = async (): Promise<number> => {
      const stack = start();
      const tookMs = await timed(async () => fetch((await stack.ready).url));
      await stack.stop();
      return tookMs;
    };
    const coldMs = await startOnce();
    const warmMs = await startOnce();
    const stack = start();
    try {
      const info = await stack.ready;
      if (!info.demo) throw new Error("the lab has no demo person");
      const bench: Bench = { info, dir, product: await signIn(info.url, info.demo) };
      for (const measure of [benchProvision, benchLists, benchMemory]) figures.push(...(await measure(bench)));
    } finally {
      await stack.stop();
    }
    figures.push(...(await benchStart({ dir, coldMs, warmMs })));
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
  console.log(
    ["| what | ratio | ours | against | which is |", "|---|---|---|---|---|", ...figures.map(line)].join("\n"),
  );
}

void main();
