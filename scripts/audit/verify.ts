// `npm run audit:verify`: whether the audit log is what was written. Exit codes: 0 it holds, 1 it does not, 2 it could not be judged.
import { parseArgs } from "node:util";
import { reportAudit } from "./report";
import { withDatabase } from "./own-database";
import { homeAt } from "../stack/paths";

const HELP = `npm run audit:verify

Reads the whole audit log and says whether it is what was written: its chain of hashes, the signatures
over it, and the newest signature that is remembered outside of the database. Changes nothing, and may
run while Homeport does. Exit codes: 0 it holds, 1 it does not, 2 it could not be judged.

Environment: HOMEPORT_HOME, or DATABASE_URL for a database elsewhere (a copy that was put back, say), with
HOMEPORT_KEY_FILE, the sealing keys that belong to it, and HOMEPORT_AUDIT_HEAD_FILE, what is remembered.`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { help: { type: "boolean", default: false } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const home = homeAt();
  const { holds, lines } = await withDatabase(home, process.env.DATABASE_URL || undefined, (databaseUrl) =>
    reportAudit({ databaseUrl, keyFile: home.sealingKeys, headFile: home.auditHead }),
  );
  console.log(lines.join("\n"));
  return holds ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  },
);
