// Whoever has one IPv6 address has a whole network of them: limits count it as one place.
import { expect, test } from "vitest";
import { createLimits } from "./limits";

test("addresses of one IPv6 network share a bucket, those of IPv4 and of other networks do not", () => {
  const limits = createLimits(1);
  for (const of of [limits.signUp, limits.signInAddress, limits.resetAddress]) {
    expect(of("2001:db8::1").key).toBe(of("2001:db8::ffff:1").key);
    expect(of("2001:db8::1").key).not.toBe(of("2001:db8:0:1::1").key);
    expect(of("192.0.2.1").key).not.toBe(of("192.0.2.2").key);
    expect(of("not known").key).toContain("not known");
  }
  for (const of of [limits.signInPair, limits.resetPair])
    expect(of("ada@example.com", "2001:db8::1").key).toBe(of("ada@example.com", "2001:db8::2").key);
});
