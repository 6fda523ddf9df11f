import { expect, test } from "vitest";
import { OrphanResolutions } from "../orphan/orphan";
import { resolutionText } from "./orphan";

test("each way to settle has a text of its own, and what is not known is settled all the same", () => {
  expect(new Set(OrphanResolutions.map(resolutionText)).size).toBe(OrphanResolutions.length);
  expect(OrphanResolutions.map(resolutionText)).not.toContain("settled");
  expect([null, "moved", "toString"].map(resolutionText)).toEqual(["settled", "settled", "settled"]);
});
