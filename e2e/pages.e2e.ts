// Every page, light and dark, wide and 390 px: no error in the console, nothing wider than the screen, no fault that axe finds.
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { addLabNode, createContainer, signUp, waitForReady } from "./people";
import { watchConsole } from "./watch-console";

/** axe is slow: what it finds in one dark look it finds in the other. */
const looks = [
  { name: "wide, light", size: { width: 1440, height: 900 }, scheme: "light", axe: true },
  { name: "wide, dark", size: { width: 1440, height: 900 }, scheme: "dark", axe: false },
  { name: "390 px, dark", size: { width: 390, height: 844 }, scheme: "dark", axe: true },
] as const;

test("every page is whole in every look", async ({ page }) => {
  test.setTimeout(480_000);
  const complaints = watchConsole(page);
  await signUp(page);
  await addLabNode(page);
  const hostname = `look-${Date.now().toString(36)}`;
  const run = new URL(await createContainer(page, { template: "nginx", hostname })).pathname;
  await waitForReady(page, hostname);
  const container = (await page.getByRole("link", { name: `Open ${hostname}` }).first().getAttribute("href")) ?? "";
  await page.goto("/nodes");
  const node = (await page.getByRole("link", { name: "pve", exact: true }).first().getAttribute("href")) ?? "";
  const paths = ["/", run, "/runs", container, `${container}/services`, `${container}/events`, `${container}/runs`, `${container}/settings`, "/new", "/new?template=nginx", "/batches", "/batches/new?template=nginx", "/nodes", node, `${node}/edit`, "/nodes/new", "/templates", "/templates/nginx", "/activity", "/orphans", "/orphans?state=resolved", "/settings/account"];

  for (const path of paths) await expectWhole(page, path);
  expect(complaints()).toEqual([]);
});

test("a page that is not there says so, with a way back", async ({ page }) => {
  await signUp(page);
  await page.goto("/no-such-page");
  await expect(page.getByRole("main").getByRole("link").first()).toBeVisible();
});

/** Loaded once, then looked at in every look: the theme follows the system, the layout its window. */
async function expectWhole(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.getByRole("status", { name: /loading/i })).toHaveCount(0);
  for (const { name: look, size, scheme, axe } of looks) {
    await page.setViewportSize(size);
    // Without motion: a colour on its way to another is nobody's contrast.
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(tooWide, `${path} at ${look} is wider than its window`).toBeLessThanOrEqual(0);
    const { violations } = axe ? await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze() : { violations: [] };
    expect(violations.map(({ id, nodes }) => `${path} at ${look}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)).toEqual([]);
    if (process.env.HOMEPORT_SHOTS) await page.screenshot({ path: `${process.env.HOMEPORT_SHOTS}/${look.replace(/\W+/g, "-")}${path.replace(/[0-9a-f-]{36}/g, "id").replace(/\W+/g, "-")}.png`, fullPage: false });
  }
}
