"use client";
// Where a node is and who Homeport is there; the same for a new node and for one that is edited.
import { nodeCommands } from "@homeport/domain/node/node-commands";
import { Card } from "@homeport/ui/card";
import { Checkbox } from "@homeport/ui/checkbox";
import { CodeBlock } from "@homeport/ui/code-block";
import { Field } from "@homeport/ui/field";
import { Input } from "@homeport/ui/input";
import type { ReactNode } from "react";
import type { FieldErrors, UseFormRegister } from "react-hook-form";

export interface PlaceValues {
  name: string;
  host: string;
  port: number;
  tokenId: string;
  sshUser: string;
  sshPort: number;
  vmidFrom: number | null;
  vmidTo: number | null;
  createsAtOnce: number;
  tasksAtOnce: number;
}

export interface NodeFieldsProps {
  register: UseFormRegister<PlaceValues>;
  errors: FieldErrors<PlaceValues>;
  /** The secrets' own inputs. */
  token: ReactNode;
  ssh: ReactNode;
  withSsh: boolean;
  /** Off: what was typed about SSH is forgotten. */
  onWithSsh: (on: boolean) => void;
}

export function NodeFields({ register, errors, token, ssh, withSsh, onWithSsh }: NodeFieldsProps) {
  const number = { valueAsNumber: true };
  const numberOrNothing = {
    setValueAs: (typed: string | number | null) => (typed === null || typed === "" ? null : Number(typed)),
  };
  return (
    <div className="grid gap-4">
      <Card title="Where">
        <div className="grid gap-4 sm:grid-cols-[1fr_120px]">
          <Field label="Name" hint="What you call it here." error={errors.name?.message} className="sm:col-span-2">
            {(control) => <Input {...control} autoComplete="off" {...register("name")} />}
          </Field>
          <Field label="Host" hint="A name or an address, reachable from this machine." error={errors.host?.message}>
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                spellCheck={false}
                placeholder="192.168.1.10"
                {...register("host")}
              />
            )}
          </Field>
          <Field label="API port" error={errors.port?.message}>
            {(control) => <Input {...control} mono inputMode="numeric" {...register("port", number)} />}
          </Field>
        </div>
      </Card>
      <Card title="API token" hint="Homeport creates and runs containers with it.">
        <div className="grid gap-4">
          <Field label="Token ID" error={errors.tokenId?.message}>
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                spellCheck={false}
                placeholder="root@pam!homeport"
                {...register("tokenId")}
              />
            )}
          </Field>
          {token}
          <details>
            <summary className="text-table text-muted">How to make a token on the node</summary>
            <CodeBlock className="mt-2" text={nodeCommands.createToken()} copyLabel="Copy the command" />
          </details>
        </div>
      </Card>
      <Card
        title="SSH"
        hint="Proxmox's API runs no commands in a container: packages, files and scripts of templates go through SSH."
      >
        <div className="grid gap-4 sm:grid-cols-[1fr_120px]">
          <Checkbox
            className="sm:col-span-2"
            checked={withSsh}
            onCheckedChange={onWithSsh}
            label="Use SSH"
            hint={
              withSsh
                ? undefined
                : "Only plain containers can be made here, such as Plain Debian 12: started, and nothing installed in them."
            }
          />
          {withSsh && (
            <>
              <Field label="User" error={errors.sshUser?.message}>
                {(control) => (
                  <Input
                    {...control}
                    mono
                    autoComplete="off"
                    spellCheck={false}
                    placeholder="root"
                    {...register("sshUser")}
                  />
                )}
              </Field>
              <Field label="SSH port" error={errors.sshPort?.message}>
                {(control) => <Input {...control} mono inputMode="numeric" {...register("sshPort", number)} />}
              </Field>
              <div className="grid gap-4 sm:col-span-2">{ssh}</div>
            </>
          )}
        </div>
      </Card>
      <Card title="Limits" hint="How much Homeport asks of the node at once, and which numbers its containers get.">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="First VMID"
            optional
            hint="Automatic VMIDs come from this range. Empty: the next free one, from 100 up."
            error={errors.vmidFrom?.message}
          >
            {(control) => (
              <Input
                {...control}
                mono
                inputMode="numeric"
                placeholder="100"
                {...register("vmidFrom", numberOrNothing)}
              />
            )}
          </Field>
          <Field
            label="Last VMID"
            optional
            hint="A VMID that you type yourself may lie outside."
            error={errors.vmidTo?.message}
          >
            {(control) => <Input {...control} mono inputMode="numeric" {...register("vmidTo", numberOrNothing)} />}
          </Field>
          <Field
            label="Creates at once"
            hint="On each storage; the others wait for a slot. Usually 2."
            error={errors.createsAtOnce?.message}
          >
            {(control) => <Input {...control} mono inputMode="numeric" {...register("createsAtOnce", number)} />}
          </Field>
          <Field
            label="Other tasks at once"
            hint="Start, stop, shut down, reboot, destroy. Usually 4."
            error={errors.tasksAtOnce?.message}
          >
            {(control) => <Input {...control} mono inputMode="numeric" {...register("tasksAtOnce", number)} />}
          </Field>
        </div>
      </Card>
    </div>
  );
}
