// Service links: built from what a node and a guest reported, and leading nowhere but to an IP address.
import { expect, test } from "vitest";
import { toServiceView } from "./view";

const http = { name: "web", kind: "http", port: 80, path: "/admin" };

test.each([
  ["10.0.0.5", "http://10.0.0.5:80/admin"],
  ["fd00::5", "http://[fd00::5]:80/admin"],
  ["evil.example/login?x=", null],
  ["10.0.0.5@evil.example", null],
  ["fe80::1%eth0", null],
  ["", null],
])("a service at %j is linked as %j", (address, url) => {
  expect(toServiceView(http, address).url).toBe(url);
});

test("a kind that browsers do not speak has no link, and a path stays behind the port", () => {
  expect(toServiceView({ ...http, kind: "javascript" }, "10.0.0.5").url).toBeNull();
  expect(toServiceView({ ...http, path: "@evil.example" }, "10.0.0.5").url).toBe("http://10.0.0.5:80/@evil.example");
});
