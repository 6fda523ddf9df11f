import { expect, test } from "vitest";
import { trustedProxiesOf } from "./trusted-proxies";

test.each([undefined, "", "127.0.0.1", "10.0.0.2, 10.1.0.0/16,", "::1,fd00::/8"])("%s is taken as it is", (text) => {
  expect(trustedProxiesOf(text)).toBe(text);
});

test.each(["proxy.lan", "10.0.0.2 10.0.0.3", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "fd00::/129", "127.1"])(
  "%s is refused by its name",
  (text) => {
    expect(() => trustedProxiesOf(`10.0.0.2,${text}`)).toThrow(`“${text}” is neither an address nor a network`);
  },
);
