// A round over more rows than a page holds reaches each of them, once.
import { expect, test } from "vitest";
import { everyRow, type Page } from "./every-row";

const table = Array.from({ length: 7 }, (_, index) => ({ id: `row-${index}` }));
const read = ({ after, take }: Page) =>
  Promise.resolve(table.filter(({ id }) => after.id === undefined || id > after.id.gt).slice(0, take));

test.each([1, 2, 3, 7, 8])("with pages of %i rows", async (take) => {
  const seen: string[] = [];
  await everyRow(
    read,
    ({ id }) => {
      seen.push(id);
      return Promise.resolve();
    },
    take,
  );
  expect(seen).toEqual(table.map(({ id }) => id));
});

test("one that fails keeps none of the others from its turn; the failure is reported in the end", async () => {
  const seen: string[] = [];
  const round = everyRow(
    read,
    ({ id }) => {
      seen.push(id);
      return id === "row-1" ? Promise.reject(new Error("row-1 is odd")) : Promise.resolve();
    },
    2,
  );
  await expect(round).rejects.toThrow("row-1 is odd");
  expect(seen).toHaveLength(table.length);
});

test("when all fail it ends soon: what they need is away", async () => {
  let tried = 0;
  const round = everyRow(read, () => {
    tried += 1;
    return Promise.reject(new Error("away"));
  });
  await expect(round).rejects.toThrow("away");
  expect(tried).toBe(3);
});
