// People who use the product: each test has its own, so that none sees what another left.
import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { labNode, labSecrets } from "./stack";

export interface Person {
  name: string;
  email: string;
  password: string;
}

export function somebody(name = "Ada"): Person {
  const tail = randomUUID().slice(0, 8);
  return { name, email: `${name.toLowerCase()}-${tail}@example.com`, password: `correct horse ${tail}` };
}

export async function signUp(page: Page, person = somebody()): Promise<Person> {
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel(/e-?mail/i).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign up", exact: true }).click();
  await expect(page.getByRole("link", { name: /new container/i }).first()).toBeVisible();
  return person;
}

export async function signIn(page: Page, { email, password }: Pick<Person, "email" | "password">): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Types the lab's address and secrets, confirms what it shows of itself, waits for a report without a fault, and saves it. */
export async function addLabNode(page: Page, name = "pve"): Promise<void> {
  await beginLabNode(page, { name, tokenSecret: labSecrets().tokenSecret });
  await saveTestedNode(page, name);
}

/** Up to the page of the node that is not saved yet; its keys are confirmed. */
export async function beginLabNode(
  page: Page,
  { name, tokenSecret }: { name: string; tokenSecret: string },
): Promise<void> {
  const node = labNode();
  await page.goto("/nodes/new");
  await page.getByLabel("Host", { exact: true }).fill(node.host);
  await page.getByLabel("API port").fill(String(node.port));
  await page.getByLabel("Token ID").fill(node.tokenId);
  await page.getByLabel(/secret/i).fill(tokenSecret);
  await page.getByLabel(/^User/).fill(node.sshUser);
  await page.getByLabel("SSH port").fill(String(node.sshPort));
  await page.getByLabel(/^Password/).fill(labSecrets().sshPassword);
  // Last: the field begins with a proposal, which a page that is just coming alive sets again.
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Check connection" }).click();
  await expect(page.getByText(node.fingerprint)).toBeVisible();
  await expect(page.getByText(node.hostKey)).toBeVisible();
  await page.getByRole("button", { name: /confirm|this is/i }).click();
}

export async function saveTestedNode(page: Page, name: string): Promise<void> {
  await expect(page.getByText("Online").first()).toBeVisible();
  await page.getByRole("button", { name: "Save node" }).click();
  await expect(page.getByText("not saved", { exact: true })).toBeHidden();
  await expect(page.getByRole("button", { name: `Actions on ${name}` })).toBeVisible();
}

/** From the template to the run, with the wizard's defaults; answers the run page's address. */
export async function createContainer(
  page: Page,
  { template, hostname, vmid, within = "" }: { template: string; hostname: string; vmid?: number; within?: string },
): Promise<string> {
  await page.goto(`${within}/new?template=${template}`);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Hostname").fill(hostname);
  if (vmid !== undefined) await page.getByLabel("VMID").fill(String(vmid));
  await page.getByRole("button", { name: "Review" }).first().click();
  await page.getByRole("button", { name: `Create ${hostname}` }).click();
  await page.waitForURL(/\/runs\//);
  return page.url();
}

export async function waitForReady(page: Page, hostname: string): Promise<void> {
  const ready = page.getByRole("link", { name: `Open ${hostname}` }).first();
  await expect(ready)
    .toBeVisible()
    .catch(async () => {
      throw new Error(
        `${hostname} did not become ready. Its run's page says:\n${await page.getByRole("main").innerText()}`,
      );
    });
}

/** From the page of a container: its menu, and the dialog that asks before what hurts. */
export async function act(page: Page, hostname: string, action: "Start" | "Stop" | "Delete"): Promise<void> {
  await page.getByRole("button", { name: `Actions on ${hostname}` }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${action}`) }).click();
  if (action === "Start") return;
  const dialog = page.getByRole("dialog");
  if (action === "Delete") await dialog.getByRole("textbox").fill(hostname);
  await dialog.getByRole("button", { name: `${action} ${hostname}` }).click();
  await expect(dialog).toBeHidden();
}

/** Of the container whose page is shown. */
export async function shownVmid(page: Page): Promise<number> {
  await page.waitForURL(/\/containers\//);
  return Number(
    await page
      .getByText(/^VMID \d+$/)
      .first()
      .innerText()
      .then((text) => text.replace("VMID ", "")),
  );
}

/** On the account's page, whose session ends elsewhere: until the dialog says so. */
export async function meetEndedSession(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await page.context().clearCookies();
  // The page may find out by itself, before the click.
  await expect(async () => {
    if (await dialog.isHidden())
      await page.getByRole("button", { name: "Send the link again" }).click({ timeout: 1_000 });
    await expect(dialog.getByText("Your session has ended")).toBeVisible({ timeout: 1_000 });
  }).toPass();
}
