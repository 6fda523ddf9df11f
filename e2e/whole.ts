// A page is whole: nothing wider than the screen, no fault that axe finds; light and dark, wide and 390 px.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** axe is slow: what it finds in one dark look it finds in the other. */
const looks = [
  { name: "wide, light", size: { width: 1440, height: 900 }, scheme: "light", axe: true },
  { name: "wide, dark", size: { width: 1440, height: 900 }, scheme: "dark", axe: false },
  { name: "390 px, dark", size: { width: 390, height: 844 }, scheme: "dark", axe: true },
] as const;

/** The page that is open, in every look: the theme follows the system, the layout its window; then as it was. */
export async function expectWhole(page: Page): Promise<void> {
  const path = new URL(page.url()).pathname;
  const before = page.viewportSize();
  // Behind a dialog the page is hidden from those who hear it.
  await expect(page.getByRole("heading", { level: 1 }).or(page.getByRole("dialog")).first()).toBeVisible();
  await expect(page.getByRole("status", { name: /loading/i })).toHaveCount(0);
  for (const { name: look, size, scheme, axe } of looks) {
    await page.setViewportSize(size);
    // Without motion: a colour on its way to another is nobody's contrast.
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    expect(await whatIsTooWide(page), `${path} at ${look} is wider than its window`).toEqual([]);
    const { violations } = axe
      ? await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze()
      : { violations: [] };
    expect(
      violations.map(
        ({ id, nodes }) => `${path} at ${look}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
      ),
    ).toEqual([]);
    if (process.env.HOMEPORT_SHOTS)
      await page.screenshot({
        path: `${process.env.HOMEPORT_SHOTS}/${look.replace(/\W+/g, "-")}${path.replace(/[0-9a-f-]{36}/g, "id").replace(/\W+/g, "-")}.png`,
        fullPage: false,
      });
  }
  if (before !== null) await page.setViewportSize(before);
}

/** The innermost elements that reach beyond the window, where the page can be scrolled sideways at all. */
function whatIsTooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.querySelectorAll("body *")].filter(
      (one) => one.getBoundingClientRect().right > clientWidth,
    );
    const inner = beyond.filter((one) => !beyond.some((other) => other !== one && one.contains(other)));
    return [`${scrollWidth - clientWidth} px`, ...inner.slice(0, 3).map((one) => one.outerHTML.slice(0, 160))];
  });
}
