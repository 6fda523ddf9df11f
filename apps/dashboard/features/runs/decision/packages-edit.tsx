"use client";
// The packages that will be installed at the next attempt: taken off, put back, added.
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { Field } from "@homeport/ui/field";
import { Form } from "@homeport/ui/form";
import { IconButton } from "@homeport/ui/icon-button";
import { Input } from "@homeport/ui/input";
import { Plus, RotateCcw, X } from "lucide-react";
import { useRef, useState } from "react";
import { whyNotPackage } from "./packages-draft";

interface Props {
  packages: readonly string[];
  original: readonly string[];
  error: string | undefined;
  onChange: (packages: string[]) => void;
}

export function PackagesEdit({ packages, original, error, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const gone = original.filter((name) => !packages.includes(name));
  const add = (): void => {
    const names = typed.split(/[\s,]+/).filter(Boolean);
    const why =
      names.length === 0
        ? "Type a package's name."
        : names.map((name) => whyNotPackage(name, packages)).find((one) => one !== undefined);
    setRefusal(why);
    if (why !== undefined) return;
    onChange([...packages, ...new Set(names)]);
    setTyped("");
  };
  const remove = (name: string): void => {
    onChange(packages.filter((one) => one !== name));
    input.current?.focus();
  };
  return (
    <div className="grid gap-4">
      <section aria-label="Packages to install">
        <h3 className="mb-1 text-body font-medium">
          {packages.length === 0
            ? "No package will be installed"
            : `${packages.length} ${packages.length === 1 ? "package" : "packages"} to install`}
        </h3>
        <ul className="divide-y rounded-md border empty:hidden">
          {packages.map((name) => (
            <li key={name} className="flex min-h-9 items-center gap-2 py-1 pr-1 pl-3">
              <span className="min-w-0 flex-1 font-mono text-table break-all">{name}</span>
              {!original.includes(name) && <Badge tone="accent">added</Badge>}
              <IconButton
                size="sm"
                label={`Remove ${name}`}
                icon={<X />}
                onClick={() => {
                  remove(name);
                }}
              />
            </li>
          ))}
        </ul>
      </section>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Field label="Add a package" hint="As apt names it; several with spaces between." error={refusal ?? error}>
          {(control) => (
            <span className="flex gap-2">
              <Input
                {...control}
                ref={input}
                mono
                value={typed}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setRefusal(undefined);
                }}
              />
              <Button type="submit" className="h-9">
                <Plus aria-hidden />
                Add
              </Button>
            </span>
          )}
        </Field>
      </Form>
      {gone.length > 0 && (
        <section aria-label="Taken off">
          <h3 className="mb-1 text-body font-medium">Taken off</h3>
          <ul className="divide-y rounded-md border">
            {gone.map((name) => (
              <li key={name} className="flex min-h-9 items-center gap-2 py-1 pr-1 pl-3">
                <span className="min-w-0 flex-1 font-mono text-table break-all text-muted line-through">{name}</span>
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Put ${name} back`}
                  onClick={() => {
                    onChange([...packages, name]);
                  }}
                >
                  <RotateCcw aria-hidden />
                  Put back
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
