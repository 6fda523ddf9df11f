import { expect, test } from "vitest";
import { checkWorkflowId, planWorkflowId, runWorkflowId } from "./workflow-id";

const id = "0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

test("an id names the work, what it is done to, and which one it is", () => {
  expect(runWorkflowId({ id, kind: "provision", hostname: "web-1" })).toBe("create-web-1-2e3f4a5b");
  expect(runWorkflowId({ id, kind: "destroy", hostname: "web-1" })).toBe("destroy-web-1-2e3f4a5b");
  expect(checkWorkflowId({ id, name: "lab" })).toBe("check-node-lab-2e3f4a5b");
  expect(planWorkflowId({ key: id, hostname: "db" })).toBe("plan-db-2e3f4a5b");
});

test("whatever a name holds, its id stands in addresses and queries", () => {
  for (const name of ['lab"; x', "Büro / Keller", "../..", "\u202e", "n".repeat(300)])
    expect(checkWorkflowId({ id, name })).toMatch(/^check-node-[a-z0-9]([a-z0-9-]{0,62})-2e3f4a5b$/);
});
