// `npm run bench [parts]`: starts the product on a home of its own with the memory lab, measures, and prints the table of bench/README.md.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { homeAt, ROOT } from "../scripts/stack/paths";
import { createScreen } from "../scripts/stack/screen";
import { startStack } from "../scripts/stack/stack";
import { claimTemporaryHome } from "../scripts/test/temporary-home";
import { until } from "../scripts/test/product";
import { line, median, timed, type Figure } from "./figures";
import { benchPages } from "./first-loads.bench";
import { benchKilled } from "./killed.bench";
import { openKit, type Kit } from "./kit";
import { benchIdle, benchLists } from "./lists.bench";
import { benchCost, benchProvision, benchRealNode } from "./provision.bench";
import { writeTemplates } from "./templates";
import { benchBatch, benchLag, benchLog } from "./waits.bench";

const STARTS = 3;

const parts: Record<string, (kit: Kit) => Promise<Figure[]>> = {
  provision: benchProvision,
  cost: benchCost,
  real: benchRealNode,
  batch: benchBatch,
  lag: benchLag,
  log: benchLog,
  pages: benchPages,
  idle: benchIdle,
  killed: benchKilled,
  // Last: its guests fill the lab's storage.
  lists: benchLists,
};

async function main(asked: readonly string[]): Promise<void> {
  const chosen = asked.length === 0 ? ["start", ...Object.keys(parts)] : asked;
  const unknown = chosen.filter((name) => name !== "start" && !(name in parts));
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(", ")} (start, ${Object.keys(parts).join(", ")})`);
  const begun = Date.now();
  const dir = mkdtempSync(path.join(tmpdir(), "homeport-bench-"));
  claimTemporaryHome(dir);
  process.env.HOMEPORT_TEMPLATES = path.join(dir, "templates");
  cpSync(path.join(ROOT, "templates"), process.env.HOMEPORT_TEMPLATES, { recursive: true });
  writeTemplates(process.env.HOMEPORT_TEMPLATES);
  const print = (text: string) => {
    console.error(text);
  };
  const start = () => startStack({ home: homeAt(dir), screen: createScreen(print), lab: "memory", anyPorts: true });
  const figures: Figure[] = [];
  try {
    const stack = start();
    try {
      const kit = await openKit(await stack.ready, dir);
      for (const [name, measure] of Object.entries(parts)) {
        if (!chosen.includes(name)) continue;
        print(`— ${name}`);
        const measured: Figure[] = [];
        const tookMs = await timed(async () => measured.push(...(await measure(kit))));
        figures.push(...measured);
        // As they come: what follows may fail.
        for (const figure of measured) print(line(figure));
        print(`  ${Math.round(tookMs / 1_000)} s`);
      }
      await kit.close();
    } finally {
      await stack.stop();
    }
    if (chosen.includes("start")) figures.push(await warmStart(start, (await stack.ready).url));
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
  console.log(["| figure | now | goal | reached | how |", "|---|---|---|---|---|", ...figures.map(line)].join("\n"));
  const short = figures.filter(({ value, goal }) => value !== undefined && value > goal);
  console.log(
    `\n${figures.length - short.length} of ${figures.length} reached, in ${Math.round((Date.now() - begun) / 1_000)} s; load at the end ${loadavg()[0]?.toFixed(1)}.`,
  );
}

/** `url`: as before, since a home keeps its ports. */
async function warmStart(start: () => ReturnType<typeof startStack>, url: string): Promise<Figure> {
  const page: number[] = [];
  const all: number[] = [];
  for (let at = 0; at < STARTS; at++) {
    const stack = start();
    const began = performance.now();
    const answered = until("the first page", 60_000, () => fetch(url).catch(() => undefined)).then(() => {
      page.push((performance.now() - began) / 1_000);
    });
    await stack.ready;
    all.push((performance.now() - began) / 1_000);
    await answered;
    await stack.stop();
  }
  return {
    name: "stopped → first page, warm",
    value: median(page),
    unit: "s",
    goal: 3,
    how: `median of ${STARTS}; all parts are there after ${median(all).toFixed(1)} s; the home has 1,000 guests where the lists were measured`,
  };
}

await main(process.argv.slice(2));
