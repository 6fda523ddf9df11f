// What a shared node's owner and an organization let others take: set on their pages, met where somebody creates.
import { expect, test } from "@playwright/test";
import { arrangeMember, arrangeNode, arrangePerson } from "./arrange";
import { createContainer } from "./people";
import { expectWhole } from "./whole";

test("a quota and a share's limits are set, seen before they are met, refused where they are passed, and raised", async ({
  page,
  browser,
}) => {
  await arrangeNode(page.context());
  const guest = await browser.newContext();
  await arrangePerson(guest);
  const { slug } = await arrangeMember(page.context(), guest);

  await page.goto("/nodes");
  await page.getByRole("link", { name: "pve", exact: true }).first().click();
  await page.getByRole("combobox", { name: "Share into" }).click();
  await page.getByRole("option").first().click();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page.getByText("unprivileged containers only")).toBeVisible();
  await page.getByRole("button", { name: /^Limits of/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Cores").fill("many");
  await dialog.getByLabel("First VMID").fill("900");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("A whole number, or nothing: without a limit.")).toBeVisible();
  await dialog.getByLabel("Cores").fill("2");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("A range needs its last VMID.")).toBeVisible();
  await dialog.getByLabel("Last VMID").fill("909");
  await expectWhole(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("0 of 2 cores · VMIDs 900–909 · unprivileged containers only")).toBeVisible();

  const quota = page.locator("section").filter({ has: page.getByRole("heading", { name: "Quota", exact: true }) });
  const allow = async (containers: string): Promise<void> => {
    await page.goto(`/p/${slug}/project`);
    await quota.getByLabel("Containers").fill(containers);
    await quota.getByRole("button", { name: "Set the quota" }).click();
    await expect(page.getByText("The quota is set.")).toBeVisible();
    await expect(quota.getByLabel("Containers")).toHaveValue(containers);
  };
  await allow("1");
  await expectWhole(page);

  const other = await guest.newPage();
  await other.goto(`/p/${slug}/project`);
  await expect(other.getByText("0 of 1 container taken")).toBeVisible();
  await other.goto(`/p/${slug}/new?template=nginx`);
  await other.getByRole("button", { name: "Next" }).click();
  const left = other.getByRole("region", { name: "What is left" });
  await expect(left).toContainText("2 of 2 cores, 1 core after this");
  await expect(left).toContainText("1 of 1 container, 0 containers after this");
  await other.getByLabel("Cores").fill("3");
  await expect(left).toContainText("2 of 2 cores, this takes 3 cores");
  await other.getByLabel("Cores").fill("1");
  await other.getByLabel("VMID").fill("800");
  await expect(
    other.getByText("On pve this project may use VMIDs 900 to 909. The node's owner can change this."),
  ).toBeVisible();
  await expectWhole(other);
  await other.getByLabel("VMID").fill("");
  await createContainer(other, { template: "nginx", hostname: "first", within: `/p/${slug}` });
  await expect(other.getByText(/^VMID 90\d$/).first()).toBeVisible();

  await other.goto(`/p/${slug}/new?template=nginx`);
  await other.getByRole("button", { name: "Next" }).click();
  await other.getByRole("button", { name: "Review" }).first().click();
  await expect(other.getByText("There is no room for it.")).toBeVisible();
  await expect(other.getByText(/may have 1 container at most: nothing of it is left/).first()).toBeVisible();
  await expect(other.getByRole("button", { name: /^Create nginx/ })).toHaveAttribute("aria-disabled", "true");
  await expectWhole(other);
  await other.getByRole("button", { name: "Ask for approval" }).click();
  const asking = other.getByRole("dialog");
  await asking.getByRole("button", { name: "Send the request" }).click();
  await expect(asking.getByText("Say what it is for")).toBeVisible();
  await asking.getByLabel("What is it for?").fill("The demo on Friday.");
  await expectWhole(other);
  await asking.getByRole("button", { name: "Send the request" }).click();
  await other.waitForURL(/\/approvals$/);
  await expect(other.getByText("Waits for an owner or administrator of the organization.")).toBeVisible();
  await expect(other.getByRole("button", { name: /^Approve/ })).toHaveCount(0);

  await page.goto("/approvals");
  await expect(page.getByText("The demo on Friday.")).toBeVisible();
  await expectWhole(page);
  await page.getByRole("button", { name: /^Approve/ }).click();
  await expect(page.getByText("Approved", { exact: true })).toBeVisible();
  // It comes by itself.
  await other.getByRole("link", { name: "its run" }).click();
  await other.waitForURL(/\/runs\//);
  await expect(other.getByText(/^VMID 90\d$/).first()).toBeVisible();
});
