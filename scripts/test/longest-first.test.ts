// A file that moved would silently be begun last.
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../stack/paths";
import { longest } from "./longest-first";

test("every file that is known to be long is there", () => {
  expect(longest.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
