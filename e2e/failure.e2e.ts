// When something fails: the step, the reason and the log are shown, and a person decides.
import { expect, test } from "@playwright/test";
import { arrangeNode } from "./arrange";
import { createContainer, waitForReady } from "./people";

test("a failing script is shown with its log, and retried from that step", async ({ page }) => {
  await arrangeNode(page.context());
  const hostname = `again-${Date.now().toString(36)}`;
  await createContainer(page, { template: "second-try", hostname });
  const script = page
    .getByRole("list", { name: "Steps" })
    .getByRole("listitem", { name: /^Work at the second attempt/ });
  await expect(script).toHaveAccessibleName(/Failed/);
  await expect(page.getByRole("log")).toContainText("ERROR: The mirror does not answer.");

  await page.getByRole("button", { name: /^Retry/ }).click();

  await waitForReady(page, hostname);
  await script.getByRole("button").click();
  await expect(script).toContainText("attempt 2");
  await expect(page.getByRole("log")).toContainText("It works now");
});

test("undo everything leaves nothing on the node and gives the VMID back", async ({ page }) => {
  await arrangeNode(page.context());
  const hostname = `fail-start-${Date.now().toString(36)}`;
  await createContainer(page, { template: "nginx", hostname });
  await expect(page.getByRole("listitem", { name: "Start it: Failed" })).toBeVisible();

  await page.getByRole("button", { name: /^Undo everything/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Undo/ }).click();

  await expect(page.getByText("Undone", { exact: true }).first()).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("heading", { name: hostname })).toBeHidden();
});
