// How a form holds a value, how it is read back, and how it is shown. What is no value is left for the schema to refuse.
import { z } from "zod";
import { describeNetwork, type Network } from "./network";
import { NetworkForm, networkFromForm, networkToForm } from "./network-form";

export interface FieldKind<Value, Held> {
  kind: "text" | "whole" | "list" | "switch" | "names" | "network";
  /** What a kept form must hold to be understood. */
  held: z.ZodType<Held>;
  toForm(value: Value): Held;
  /** A text that is no number becomes NaN, which every schema refuses. */
  fromForm(held: Held): Value;
  /** Without its unit; "" where there is none. */
  toText(value: Value): string;
}

export const text = {
  kind: "text",
  held: z.string(),
  toForm: (value: string) => value,
  fromForm: (held: string) => held,
  toText: (value: string) => value,
} as const satisfies FieldKind<string, string>;

/** Only digits: `Number` would take "1e3" and " ". */
const toNumber = (typed: string): number => (/^-?\d{1,15}$/.test(typed.trim()) ? Number(typed) : Number.NaN);

export const whole = {
  kind: "whole",
  held: z.string(),
  toForm: String,
  fromForm: toNumber,
  toText: String,
} as const satisfies FieldKind<number, string>;

/** Empty is null: none, or an automatic one. */
export const wholeOrNone = {
  kind: "whole",
  held: z.string(),
  toForm: (value: number | null) => (value === null ? "" : String(value)),
  fromForm: (held: string) => (held.trim() === "" ? null : toNumber(held)),
  toText: (value: number | null) => (value === null ? "" : String(value)),
} as const satisfies FieldKind<number | null, string>;

/** Typed with blanks, commas or semicolons between them. */
export const list = {
  kind: "list",
  held: z.string(),
  toForm: (value: string[]) => value.join(" "),
  fromForm: (held: string) => held.split(/[\s,;]+/).filter((one) => one !== ""),
  toText: (value: string[]) => value.join(", "),
} as const satisfies FieldKind<string[], string>;

export const yesNo = {
  kind: "switch",
  held: z.boolean(),
  toForm: (value: boolean) => value,
  fromForm: (held: boolean) => held,
  toText: (value: boolean) => (value ? "Yes" : "No"),
} as const satisfies FieldKind<boolean, boolean>;

/** Of what is chosen, not typed. */
export const names = {
  kind: "names",
  held: z.array(z.string()),
  toForm: (value: string[]) => value,
  fromForm: (held: string[]) => held,
  toText: (value: string[]) => value.join(", "),
} as const satisfies FieldKind<string[], string[]>;

export const addresses = {
  kind: "network",
  held: NetworkForm,
  toForm: networkToForm,
  fromForm: networkFromForm,
  toText: describeNetwork,
} as const satisfies FieldKind<Network, NetworkForm>;
