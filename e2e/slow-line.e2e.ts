// A page whose scripts come late: what is typed into it meanwhile is kept, and nothing is sent that the product has not checked.
import { expect, test, type Page } from "@playwright/test";
import { signUp, somebody } from "./people";

/** Holds the page's scripts back; answers what lets them through. */
async function holdScripts(page: Page): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("what is typed before the page is alive is kept, and Enter sends nothing until then", async ({ page }) => {
  const person = somebody();
  const letThrough = await holdScripts(page);
  const documents: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest())
      documents.push(`${request.method()} ${new URL(request.url()).pathname}${new URL(request.url()).search}`);
  });
  await page.goto("/sign-up", { waitUntil: "commit" });
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel(/e-?mail/i).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await expect(page.getByRole("button", { name: "Sign up", exact: true })).toBeDisabled();
  letThrough();
  await page.getByRole("button", { name: "Sign up", exact: true }).click(); // waits until it can be pressed
  await expect(page.getByRole("link", { name: /new container/i }).first()).toBeVisible();
  expect(documents).toEqual(["GET /sign-up", "GET /", expect.stringMatching(/^GET \/p\/[^/]+$/)]);
});

test("a form with proposals and secrets keeps what was typed over them before it was alive", async ({ page }) => {
  await signUp(page);
  const letThrough = await holdScripts(page);
  await page.goto("/nodes/new", { waitUntil: "commit" });
  await page.getByLabel("Name", { exact: true }).fill("attic");
  await page.getByLabel("Host", { exact: true }).fill("192.0.2.7");
  await page.getByLabel("Token secret").fill("not a secret of anybody");
  await page.getByLabel("Private key").fill("not a key");
  letThrough();
  await page.getByRole("button", { name: "Check connection" }).click();
  await expect(page.getByText(/no private key in this text/)).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("attic");
  await expect(page.getByLabel("Host", { exact: true })).toHaveValue("192.0.2.7");
  await expect(page.getByLabel("Token secret")).toHaveValue("not a secret of anybody");
  await expect(page.getByLabel("Private key")).toHaveValue("not a key");
});
