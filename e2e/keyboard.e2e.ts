// Without a mouse: from the template to the run with Tab, arrows, Space, Enter and typing alone, and to any page by its name.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { arrangeNode } from "./arrange";
import { waitForReady } from "./people";

test("a container is created with the keyboard alone", async ({ page }) => {
  await arrangeNode(page.context());
  await page.goto("/new");
  const hostname = `keys-${Date.now().toString(36)}`;

  await tabTo(page, page.getByRole("list", { name: "Templates" }).getByRole("button", { name: /^nginx/ }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Where should it run?" })).toBeVisible();
  await expect(page.getByRole("radio", { name: /pve/ })).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: "Next", exact: true }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("Hostname"));
  await page.keyboard.press("Control+A");
  await page.keyboard.type(hostname);
  await tabTo(page, page.locator("form").getByRole("button", { name: "Review", exact: true }).first());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "What will happen" })).toContainText("nginx");
  await tabTo(page, page.getByRole("button", { name: `Create ${hostname}` }));
  await page.keyboard.press("Enter");

  await page.waitForURL(/\/runs\//);
  await waitForReady(page, hostname);
});

test("the command palette opens at the first press, though its code is fetched then", async ({ page }) => {
  await arrangeNode(page.context());
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Ctrl K: open the command palette" })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("Control+K");
    await expect(page.getByRole("combobox")).toBeFocused();
  }).toPass();
  await page.keyboard.type("Activity");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/activity/);
});

/** Presses Tab until the control has the focus, as somebody without a mouse does; it must be shown when it has. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab never reached the control");
}
