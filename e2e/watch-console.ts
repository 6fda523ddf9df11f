// What the browser complains about while a test uses a page.
import type { Page } from "@playwright/test";

/** Errors and warnings of the console, and failures of scripts. */
export function watchConsole(page: Page): () => string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return () => complaints;
}
