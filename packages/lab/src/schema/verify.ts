// Parameter checks with Proxmox's own order and texts (pve-common, PVE/JSONSchema.pm check_prop, check_object).

import { invalid } from "../http/api-error";

export interface Rule {
  type: "string" | "integer" | "number" | "boolean";
  optional?: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  enum?: readonly string[];
  /** The complaint of a bad value without the `invalid format - ` prefix, or undefined. */
  format?: (value: string) => string | undefined;
  /** Lists: a repeated key is joined with commas. */
  list?: boolean;
  /** `key=` of a form reaches the handler as "" instead of counting as absent. */
  clears?: boolean;
}

export type Schema = Readonly<Record<string, Rule>>;
export type Given = Readonly<Record<string, unknown>>;
/** Verified parameters; numbers and booleans are still as they came, read them with `text`, `integer`, `flag`. */
export type Params = Readonly<Record<string, string>>;

const missing = "property is missing and it is not optional";
export const unknownParameter = "property is not defined in schema and the schema does not allow additional properties";

/** Verifies or throws the 400 that lists every complaint. */
export function verify(given: Given, schema: Schema): Params {
  const errors = complaints(given, schema);
  if (Object.keys(errors).length > 0) throw invalid(errors);
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const rule = ruleOf(schema, name);
      const plain = rule === undefined ? undefined : asText(value, rule);
      return plain === undefined ? [] : [[name, plain]];
    }),
  );
}

export function complaints(given: Given, schema: Schema): Record<string, string> {
  const errors = Object.create(null) as Record<string, string>; // create answers any
  for (const name of Object.keys(given)) {
    if (ruleOf(schema, name) === undefined) errors[name] = unknownParameter;
  }
  for (const [name, rule] of Object.entries(schema)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined || value === null) {
      if (rule.optional !== true) errors[name] = missing;
      continue;
    }
    const complaint = checkValue(value, rule);
    if (complaint !== undefined) errors[name] = complaint;
  }
  return errors;
}

/** Not what every object inherits: `constructor` is no parameter. */
export function ruleOf(schema: Schema, name: string): Rule | undefined {
  return Object.hasOwn(schema, name) ? schema[name] : undefined;
}

function asText(value: unknown, rule: Rule): string | undefined {
  if (value === null && rule.clears === true) return "";
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map(plainText).join(rule.list === true ? "," : "\0");
  return plainText(value);
}

/** A JSON scalar as a form would have sent it. */
export function plainText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "1" : "0";
  return JSON.stringify(value);
}

function checkValue(value: unknown, rule: Rule): string | undefined {
  if (Array.isArray(value) && rule.list !== true) return `type check ('${rule.type}') failed`;
  const text = asText(value, rule) ?? "";
  if (!types[rule.type](text)) return `type check ('${rule.type}') failed - got '${text}'`;
  const format = rule.format?.(text);
  if (format !== undefined) return `invalid format - ${format}`;
  if (rule.maxLength !== undefined && text.length > rule.maxLength) {
    return `value may only be ${rule.maxLength} characters long`;
  }
  if (rule.minLength !== undefined && text.length < rule.minLength) {
    return `value must be at least ${rule.minLength} characters long`;
  }
  if (rule.minimum !== undefined && Number(text) < rule.minimum)
    return `value must have a minimum value of ${rule.minimum}`;
  if (rule.maximum !== undefined && Number(text) > rule.maximum)
    return `value must have a maximum value of ${rule.maximum}`;
  if (rule.enum !== undefined && !rule.enum.includes(text)) {
    return `value '${text}' does not have a value in the enumeration '${rule.enum.join(", ")}'`;
  }
  return undefined;
}

const types: Record<Rule["type"], (text: string) => boolean> = {
  string: () => true,
  integer: (text) => /^[+-]?\d+$/.test(text),
  number: (text) => /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text),
  boolean: (text) => /^[01]$/.test(text),
};

export function integer(params: Params, name: string): number | undefined {
  const text = params[name];
  return text === undefined ? undefined : Number(text);
}

export function flag(params: Params, name: string): boolean {
  return params[name] === "1";
}
