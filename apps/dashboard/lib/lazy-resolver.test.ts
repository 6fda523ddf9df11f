import { expect, test } from "vitest";
import { lazyResolver } from "./lazy-resolver";

const options = { fields: {}, shouldUseNativeValidation: false };

test("rules that come late judge what is sent; rules that do not come let it pass, as the server has the same", async () => {
  const values = { email: "" };
  const refused = { values: {}, errors: { email: { type: "custom", message: "Type your e-mail address." } } };
  const late = lazyResolver<typeof values>(() => Promise.resolve(() => refused));
  expect(await late(values, undefined, options)).toEqual(refused);
  let asked = 0;
  const away = lazyResolver<typeof values>(() => {
    asked += 1;
    return Promise.reject(new Error("no such chunk"));
  });
  expect(await away(values, undefined, options)).toEqual({ values, errors: {} });
  await away(values, undefined, options);
  expect(asked).toBe(2);
});
