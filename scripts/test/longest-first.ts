// The order of test files: those that are known to take minutes first, so that none of them is begun when the others have ended.
import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = path.resolve(import.meta.dirname, "../..");

/** Longest first. The others follow in Vitest's own order: by what they took before, or by their size. */
export const longest: readonly string[] = [
  "packages/lab/src/lxc/templates.test.ts",
  "packages/lab/src/lxc/disks.test.ts",
  "temporal/src/workflows/replay.test.ts",
  "faults/servers.fault.test.ts",
  "faults/scripts.fault.test.ts",
  "faults/node.fault.test.ts",
  "faults/platform.fault.test.ts",
  "faults/random.fault.test.ts",
  "faults/create.fault.test.ts",
  "temporal/src/workflows/plan.integration.test.ts",
  "temporal/src/workflows/steering.integration.test.ts",
  "temporal/src/workflows/crash.integration.test.ts",
  "temporal/src/activities/host/script/scripts-survive.integration.test.ts",
  "scripts/outage.integration.test.ts",
  "scripts/crash.integration.test.ts",
  "temporal/src/activities/host/create/create-rows.integration.test.ts",
  "temporal/src/workflows/operate-container.integration.test.ts",
  "temporal/src/workflows/slots.integration.test.ts",
  "scripts/proxies.integration.test.ts",
  "temporal/src/workflows/vmids.integration.test.ts",
  "temporal/src/workflows/provision-container.integration.test.ts",
  "temporal/src/workflows/cancel.integration.test.ts",
  "scripts/temporal-file.integration.test.ts",
  "scripts/stack/stack.integration.test.ts",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = longest.indexOf(path.relative(root, moduleId));
      return at === -1 ? longest.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
