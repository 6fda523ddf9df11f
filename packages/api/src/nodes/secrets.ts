// Seals what a person typed for the row and column it goes into.
import type { Vault } from "@homeport/db/sealing";

interface Typed {
  tokenSecret?: string | undefined;
  sshPassword?: string | undefined;
  sshPrivateKey?: string | undefined;
}

type Sealed<T extends Typed> = (T["tokenSecret"] extends string
  ? { tokenSecret: string }
  : { tokenSecret?: string }) & { sshPassword?: string | null; sshPrivateKey?: string | null };

/** What is left out stays out of the answer, so that the row keeps its value; what is empty becomes null. */
export function sealSecrets<T extends Typed>(vault: Vault, nodeId: string, typed: T): Sealed<T> {
  const seal = (column: keyof Typed, value: string): string =>
    vault.seal({ table: "ProxmoxNode", row: nodeId, column }, value);
  const optional = (column: "sshPassword" | "sshPrivateKey"): Record<string, string | null> => {
    const value = typed[column];
    return value === undefined ? {} : { [column]: value === "" ? null : seal(column, value) };
  };
  const token = typed.tokenSecret === undefined ? {} : { tokenSecret: seal("tokenSecret", typed.tokenSecret) };
  return { ...token, ...optional("sshPassword"), ...optional("sshPrivateKey") } as Sealed<T>; // the keys are those of `typed`, by construction
}

interface SealedRow {
  id: string;
  tokenSecret: string;
  sshPassword: string | null;
  sshPrivateKey: string | null;
}

/** The secrets of one row sealed for another: what is sealed opens in its own row and column only. */
export function secretsFor(vault: Vault, from: SealedRow, nodeId: string) {
  const open = (column: keyof Typed): string | null => {
    const sealed = from[column];
    return sealed === null ? null : vault.open({ table: "ProxmoxNode", row: from.id, column }, sealed);
  };
  return sealSecrets(vault, nodeId, {
    tokenSecret: open("tokenSecret") ?? "",
    sshPassword: open("sshPassword") ?? "",
    sshPrivateKey: open("sshPrivateKey") ?? "",
  });
}
