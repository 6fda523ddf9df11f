// What a refused call said, as the browser would read it.
import type { TRPCError } from "@trpc/server";
import { expect } from "vitest";
import { errorData } from "../explain";

export async function refusal(call: Promise<unknown>): Promise<{
  code: string | null;
  message: string;
  fields: Record<string, string> | null;
  changes: unknown;
  exists: unknown;
  retryAfterS: number | null;
}> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error && error.name === "TRPCError")) throw error;
    const { appCode, fields, changes, exists, retryAfterS } = errorData(error as TRPCError); // by its name
    return { code: appCode ?? (error as TRPCError).code, message: error.message, fields, changes, exists, retryAfterS };
  }
  return { code: "accepted", message: "", fields: null, changes: null, exists: null, retryAfterS: null };
}

/** vitest's matchers are `any`; as `unknown` they fit into expected objects. */
export const someText: unknown = expect.any(String);
export const textWith = (part: string): unknown => expect.stringContaining(part);
