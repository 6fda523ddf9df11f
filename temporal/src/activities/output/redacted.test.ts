import { expect, test } from "vitest";
import { withoutSecrets } from "./redacted";
import { createRedactor, MASK } from "./redactor";

test("a step's result has no secret in it, at any depth, and is otherwise what it was", () => {
  const redactor = createRedactor();
  redactor.add(["hunter2-hunter2"]);
  const result = {
    detail: { is: "services", list: "db hunter2-hunter2", without: 0 },
    taken: ["hunter2-hunter2", 101],
    warnings: 1,
    nothing: null,
  };

  const clean = withoutSecrets(result, redactor);

  expect(JSON.stringify(clean)).not.toContain("hunter2");
  expect(clean).toMatchObject({ detail: { is: "services", without: 0 }, warnings: 1, nothing: null });
  expect(clean.taken[1]).toBe(101);
});

test("a password that is called as a code changes no code", () => {
  const redactor = createRedactor(["created", "address"]);

  expect(withoutSecrets({ outcome: "created", warnings: 0 }, redactor)).toEqual({ outcome: "created", warnings: 0 });
  expect(withoutSecrets({ detail: { is: "address", address: "address" } }, redactor)).toEqual({
    detail: { is: "address", address: MASK },
  });
});
