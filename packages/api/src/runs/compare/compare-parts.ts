// What differs between two runs' inputs, and between what their templates did.
import { fieldKeys } from "@homeport/domain/container/fields";
import type { StepEdit } from "@homeport/domain/run/step-edit";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import { shownText } from "../../templates/shown-file";

export interface ComparedInput {
  /** "memoryMib", "network.address". */
  path: string;
  /** Null: this run has no such input. */
  a: string | null;
  b: string | null;
  differs: boolean;
}

export interface ComparedPart {
  kind: "script" | "file" | "packages";
  /** The script's name or the file's target. */
  name: string;
  title: string;
  differs: boolean;
  /** Null where it is not there, or is the same on both sides. */
  a: string | null;
  b: string | null;
  /** A person changed it in this run. */
  editedA: boolean;
  editedB: boolean;
}

interface Side {
  definition: TemplateDefinition;
  edits: ReadonlyMap<string, StepEdit>;
}

/** What names the template is not an input that differs: revisions are reported beside it. */
const beside = new Set(["templateRevisionId", "nodeId"]);

export function compareInputs(a: unknown, b: unknown): ComparedInput[] {
  const [left, right] = [flat(a), flat(b)];
  const paths = [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => !beside.has(path))
    .sort((one, other) => place(one) - place(other));
  return paths.map((path) => {
    const [one, other] = [left.get(path) ?? null, right.get(path) ?? null];
    return { path, a: one, b: other, differs: one !== other };
  });
}

/** The database keeps the keys of JSON in an order of its own; people know that of the form. */
const order: readonly string[] = [...fieldKeys, "mode", "address", "gateway", "ipv6"];
const place = (path: string): number => {
  const [head = "", inner = ""] = path.split(".");
  return order.indexOf(head) * order.length + order.indexOf(inner);
};

function flat(value: unknown, path = ""): Map<string, string> {
  if (Array.isArray(value)) return new Map<string, string>([[path, value.map(String).join(", ")]]);
  if (typeof value !== "object" || value === null)
    return path === "" ? new Map<string, string>() : new Map<string, string>([[path, valueText(value)]]);
  return new Map<string, string>(
    Object.entries(value).flatMap(([key, inner]) => [...flat(inner, path === "" ? key : `${path}.${key}`)]),
  );
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function compareParts(a: Side, b: Side): ComparedPart[] {
  const [left, right] = [partsOf(a), partsOf(b)];
  return [...new Map([...left, ...right]).keys()].map((key) => {
    const [one, other] = [left.get(key), right.get(key)];
    const some = one ?? other;
    const differs = one?.text !== other?.text;
    return {
      kind: some?.kind ?? "file",
      name: some?.name ?? key,
      title: some?.title ?? key,
      differs,
      a: differs ? (one?.text ?? null) : null,
      b: differs ? (other?.text ?? null) : null,
      editedA: one?.edited ?? false,
      editedB: other?.edited ?? false,
    };
  });
}

interface Part {
  kind: ComparedPart["kind"];
  name: string;
  title: string;
  text: string;
  edited: boolean;
}

function partsOf({ definition, edits }: Side): Map<string, Part> {
  const packages = edits.get("packages");
  const wanted = packages && "packages" in packages ? packages.packages : definition.packages.map(({ name }) => name);
  const all: Part[] = [
    ...definition.files.map((file): Part => ({
      kind: "file",
      name: file.target,
      title: file.title ?? file.target,
      text: `# ${file.mode} ${file.owner}\n${shownText(file)}`,
      edited: false,
    })),
    ...(wanted.length > 0
      ? [
          {
            kind: "packages",
            name: "packages",
            title: "Packages",
            text: `${wanted.join("\n")}\n`,
            edited: packages !== undefined,
          } as const,
        ]
      : []),
    ...definition.scripts.map(({ name, title, content }): Part => {
      const edit = edits.get(`script-${name}`);
      return {
        kind: "script",
        name,
        title,
        text: edit && "script" in edit ? edit.script : content,
        edited: edit !== undefined,
      };
    }),
  ];
  return new Map(all.map((part) => [`${part.kind}:${part.name}`, part]));
}
