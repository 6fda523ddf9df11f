// The demo person of a fresh installation: signed in by a button, with the password that the launcher keeps in a file.
import { readFile } from "node:fs/promises";
import { AppError } from "@homeport/domain/error";
import { z } from "zod";
import type { Context } from "../context";
import type { Me } from "./router";
import { signIn } from "./sign-in";

const DemoFile = z.object({ email: z.string(), password: z.string() });

export async function demoAvailable(ctx: Context): Promise<boolean> {
  return (await readDemo(ctx)) !== undefined;
}

export async function signInDemo(ctx: Context): Promise<Me> {
  const demo = await readDemo(ctx);
  if (!demo) throw new AppError("demo.none", "This Homeport has no demo account.");
  return signIn(ctx, demo);
}

/** A file that is missing or unreadable is no demo; read each time, as the launcher may write it after we started. */
async function readDemo({ config }: Context): Promise<{ email: string; password: string } | undefined> {
  if (config.demoFile === undefined) return undefined;
  const text = await readFile(config.demoFile, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return DemoFile.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
