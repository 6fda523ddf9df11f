// What a browser that knows nothing has to receive, and when it shows a run.
import type { Figure } from "./figures";
import type { Kit } from "./kit";
import { openPages } from "./pages";

export async function benchPages(kit: Kit): Promise<Figure[]> {
  const { items } = await kit.product.runs.list.query({ projectId: kit.projectId });
  const run = items[0];
  if (!run) throw new Error("there is no run to look at");
  const runPath = `${kit.home}/runs/${run.id}`;
  const pages = await openPages(kit);
  try {
    return [
      await pages.firstLoad(kit.home, { name: "first-load JS, home", goal: 180 }),
      await pages.firstLoad(runPath, { name: "first-load JS, run", goal: 190 }),
      await pages.firstLoad("/sign-in", { name: "first-load JS, sign-in", goal: 120, signedOut: true }),
      await pages.largestPaint(runPath, "LCP run page, cold cache"),
    ];
  } finally {
    await pages.close();
  }
}
