// The product's main job, as its person does it: from sign-up to a page served by a container, and back to nothing.
import { expect, test } from "@playwright/test";
import { arrangeNode, arrangePerson } from "./arrange";
import {
  act,
  addLabNode,
  beginLabNode,
  createContainer,
  saveTestedNode,
  shownVmid,
  signUp,
  waitForReady,
} from "./people";
import { lab, labNode, labSecrets } from "./stack";
import { watchConsole } from "./watch-console";
import { expectWhole } from "./whole";

test("sign up, add a node, create nginx, see its page, stop, start, delete: gone on the node", async ({
  page,
  request,
}) => {
  const complaints = watchConsole(page);
  await signUp(page);
  await addLabNode(page);
  const hostname = `site-${Date.now().toString(36)}`;
  await createContainer(page, { template: "nginx", hostname });

  const steps = page.getByRole("list", { name: "Steps" });
  await expect(steps.getByRole("listitem", { name: "Reserve a VMID: Done" })).toBeVisible();
  await waitForReady(page, hostname);
  await expect(steps.getByRole("listitem", { name: /: (Running|Failed|To do)/ })).toHaveCount(0);
  await steps.getByRole("button", { name: /Install \d+ package/ }).click();
  await expect(page.getByRole("log")).toContainText("nginx", { ignoreCase: true });

  await page
    .getByRole("link", { name: `Open ${hostname}` })
    .first()
    .click();
  const service = page.getByRole("link", { name: /^web\s*:80/ }).first();
  const url = await service.getAttribute("href");
  expect(url).toMatch(/^http:\/\//);
  expect((await request.get(url ?? "")).status()).toBe(200);
  const vmid = await shownVmid(page);

  await act(page, hostname, "Stop");
  await expect(page.getByText("Stopped", { exact: true }).first()).toBeVisible();
  await act(page, hostname, "Start");
  await expect(page.getByText("Running", { exact: true }).first()).toBeVisible();
  // Another test may have had a guest of this VMID, and given it back.
  const destroys = async (): Promise<number> =>
    (await lab().faults.journal()).filter(
      (entry) => entry.method === "DELETE" && entry.vmid === vmid && entry.status === 200,
    ).length;
  const before = await destroys();
  await act(page, hostname, "Delete");
  await expect.poll(destroys).toBe(before + 1);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: hostname })).toBeHidden();
  expect(complaints()).toEqual([]);
});

test("a run is the same after a reload and for a second viewer, line by line", async ({ page, context }) => {
  await arrangeNode(page.context());
  const hostname = `twice-${Date.now().toString(36)}`;
  const run = await createContainer(page, { template: "nginx", hostname });
  const second = await context.newPage();
  await second.goto(run);
  await page.reload();
  await waitForReady(page, hostname);
  await waitForReady(second, hostname);

  const text = async (viewer: typeof page): Promise<string> => {
    await viewer
      .getByRole("list", { name: "Steps" })
      .getByRole("button", { name: /Install \d+ package/ })
      .click();
    await expect(viewer.getByRole("log")).toContainText("nginx", { ignoreCase: true });
    return viewer.getByRole("log").innerText();
  };
  expect(await text(page)).toBe(await text(second));
});

test("a node whose test fails is not saved; found again, it is corrected with nothing else typed again", async ({
  page,
}) => {
  await arrangePerson(page.context());
  await beginLabNode(page, { name: "lab", tokenSecret: "00000000-0000-4000-8000-000000000000" });
  await expect(page.getByText("This node is not saved yet.")).toBeVisible();
  await expect(page.getByText(/refused the API token/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Save node" })).toHaveAttribute("aria-disabled", "true");
  await expectWhole(page);

  await page.goto("/nodes");
  await expect(page.getByText("No node yet")).toBeVisible();
  await page.getByRole("link", { name: "Go on with lab" }).click();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  const { host, tokenId } = labNode();
  await expect(page.getByLabel("Host", { exact: true })).toHaveValue(host);
  await expect(page.getByLabel("Token ID")).toHaveValue(tokenId);
  await page.getByRole("button", { name: "Replace Token secret" }).click();
  await page.getByLabel("Token secret").fill(labSecrets().tokenSecret);
  await page.getByRole("button", { name: "Test it" }).click();
  await saveTestedNode(page, "lab");
});
