// The plan before the create: what stands in the way is said with a way out, and what moves meanwhile stops the create.
import { expect, test, type Page } from "@playwright/test";
import { arrangeNode } from "./arrange";
import { lab } from "./stack";

async function review(page: Page, hostname: string, vmid?: string): Promise<void> {
  await page.goto("/new?template=nginx");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Hostname").fill(hostname);
  if (vmid !== undefined) await page.getByLabel("VMID").fill(vmid);
  await page.getByRole("button", { name: "Review" }).first().click();
}

test("the review shows the create call, the text of scripts and files, and the space that is needed", async ({
  page,
}) => {
  await arrangeNode(page.context());
  await review(page, "planned");
  const list = page.getByRole("list", { name: "What will happen" });
  await expect(list).toContainText("Fetch the OS template");
  await expect(list).toContainText("free on local-lvm");
  await list.getByText("The create call").click();
  await expect(list.getByText(/pct create \d+ local:vztmpl/)).toBeVisible();
  await list.getByText("Script", { exact: true }).first().click();
  await expect(list.getByText(/homeport\/helpers/)).toBeVisible();
  // What the OS template holds there was read on the node.
  await list.getByText("/var/www/homeport/index.html.in").first().click();
  await expect(list.getByText("A new file: the OS template has none of this name.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Create planned" })).toBeEnabled();
});

test("a VMID that is taken while somebody looks stops the create with what changed, and another look with the way out", async ({
  page,
}) => {
  const vmid = 7_000 + Math.floor(Math.random() * 900);
  await arrangeNode(page.context());
  await review(page, "raced", String(vmid));
  const create = page.getByRole("button", { name: "Create raced" });
  await expect(create).toBeEnabled();

  await lab().faults.createForeignGuest({ vmid, hostname: "stranger" });
  await create.click();
  const moved = page.getByRole("alert", { name: "What changed since your review" });
  await expect(moved).toContainText(`VMID ${vmid} is taken`);
  await expect(page.getByRole("alert", { name: "Stands in the way" })).toContainText("Type another VMID");
  await expect(create).toBeDisabled();

  await lab().faults.deleteGuest({ vmid });
  await page.getByRole("button", { name: "Check again" }).click();
  await moved.getByRole("button", { name: "Create anyway with the new plan" }).click();
  await page.waitForURL(/\/runs\//);
  await expect(page.getByRole("list").getByText("Check the plan").first()).toBeVisible();
});
