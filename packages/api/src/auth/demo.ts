// The demo person of a fresh installation: signed in by the address that `npm start` prints, once. Whoever can only reach
// the dashboard, a page of another site for example, does not have its token.
import { createHash, timingSafeEqual } from "node:crypto";
import { readFile, unlink } from "node:fs/promises";
import { AppError } from "@homeport/domain/error";
import { z } from "zod";
import type { Context, MemberContext } from "../context";
import type { Me } from "./router";
import { signIn } from "./sign-in";

const DemoFile = z.object({ email: z.string(), password: z.string() });
const TokenFile = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
/** The launcher's has 32 characters. */
export const DemoSignInInput = z.object({
  token: z.string().min(1, "The address holds no token.").max(200, "This is no token of a demo address."),
});

export async function signInDemo(ctx: Context, { token }: z.output<typeof DemoSignInInput>): Promise<Me> {
  const { demoFile, demoTokenFile } = ctx.config;
  const [demo, wanted] = await Promise.all([readJson(demoFile, DemoFile), readJson(demoTokenFile, TokenFile)]);
  if (demo === undefined || wanted === undefined || demoTokenFile === undefined || !matches(token, wanted.sha256))
    throw used();
  // Deleting is what takes it: of two browsers that come at once one finds no file.
  await unlink(demoTokenFile).catch(() => {
    throw used();
  });
  return signIn(ctx, demo);
}

/** Of the demo person, where there is one. */
async function demoEmail({ demoFile }: Context["config"]): Promise<string | undefined> {
  return (await readJson(demoFile, DemoFile))?.email;
}

/** Whether an address is the demo person's, in whatever letters. */
export async function isDemoAddress(config: Context["config"]): Promise<(email: string) => boolean> {
  const demo = (await demoEmail(config))?.toLowerCase();
  return (email) => email.toLowerCase() === demo;
}

/** They are signed in by a link that asks for nothing else: a second factor would keep them out. */
export async function requireNotDemo({ person, config }: Pick<MemberContext, "person" | "config">): Promise<void> {
  if (!(await isDemoAddress(config))(person.email)) return;
  throw new AppError(
    "address.demo",
    "This is the demo person, whom `npm start` signs in by a link that asks for nothing else: sign up with an account of your own instead.",
  );
}

function used(): AppError {
  return new AppError(
    "demo.used",
    "This address has signed somebody in already, or is from an earlier start. Sign in with the e-mail and the password that `npm start` shows, or start again for a new address.",
  );
}

function matches(token: string, sha256: string): boolean {
  return timingSafeEqual(createHash("sha256").update(token).digest(), Buffer.from(sha256, "hex"));
}

/** Undefined when it is missing or damaged; read each time, as the launcher may write it after we started. */
async function readJson<T>(file: string | undefined, schema: z.ZodType<T>): Promise<T | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
