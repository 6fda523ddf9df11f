// What a template says of its scripts, without reading their text.
import type { DbOrTransaction } from "@homeport/db/client";

export interface StepFlags {
  optional: boolean;
  repeatable: boolean;
}

/** By the step's name ("script-configure"); a step that is none of the template's is not in it. */
export async function readScriptFlags(
  db: DbOrTransaction,
  templateRevisionId: string,
): Promise<ReadonlyMap<string, StepFlags>> {
  const rows = await db.$queryRaw<({ name: string } & StepFlags)[]>`
    SELECT script->>'name' AS name, COALESCE((script->>'optional')::boolean, false) AS optional, COALESCE((script->>'repeatable')::boolean, true) AS repeatable
    FROM "TemplateRevision", jsonb_array_elements(COALESCE("definition"->'scripts', '[]'::jsonb)) AS script
    WHERE "id" = ${templateRevisionId}::uuid`;
  return new Map(rows.map(({ name, ...flags }) => [`script-${name}`, flags]));
}

/** A step that is no script can be done again, and cannot be left out. */
export const plainStep: StepFlags = { optional: false, repeatable: true };
