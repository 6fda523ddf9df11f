// A rebound name gets nothing; loopback with our port and the public address do.
import { expect, test } from "vitest";
import { isAllowedHost } from "./allowed-hosts";

const port = 23000;

test.each([
  ["127.0.0.1:23000", undefined],
  ["localhost:23000", undefined],
  ["LOCALHOST:23000", undefined],
  ["[::1]:23000", undefined],
  ["homeport.lan", "https://homeport.lan"],
  ["homeport.lan:443", "https://homeport.lan"],
  ["HomePort.LAN", "https://homeport.lan/"],
  ["homeport.lan:8443", "https://homeport.lan:8443"],
  ["10.0.0.5:8080", "http://10.0.0.5:8080"],
  ["[fd00::1]:8080", "http://[fd00::1]:8080"],
  ["127.0.0.1:23000", "https://homeport.lan"],
  // Passkeys of a Homeport at 127.0.0.1 are at localhost.
  ["localhost:8080", "http://127.0.0.1:8080"],
  ["localhost", "http://127.0.0.1"],
])("%s is ours with HOMEPORT_URL %s", (host, publicUrl) => {
  expect(isAllowedHost(host, { port, publicUrl })).toBe(true);
});

test.each([
  [undefined, undefined],
  ["", undefined],
  ["evil.example", undefined],
  ["evil.example:23000", undefined],
  ["127.0.0.1.evil.example:23000", undefined],
  ["localhost.evil.example:23000", undefined],
  ["127.0.0.1:23001", undefined],
  ["localhost", undefined],
  ["127.0.0.1:23000@evil.example", undefined],
  ["evil.example#127.0.0.1:23000", undefined],
  ["127.0.0.1:23000/evil", undefined],
  ["0.0.0.0:23000", undefined],
  ["127.0.0.2:23000", undefined],
  ["homeport.lan:80", "https://homeport.lan"],
  ["homeport.lan.", "https://homeport.lan"],
  ["www.homeport.lan", "https://homeport.lan"],
  ["homeport.lan", "not a url"],
  ["localhost:8081", "http://127.0.0.1:8080"],
  ["localhost:8080", "http://10.0.0.5:8080"],
])("%s is not, with HOMEPORT_URL %s", (host, publicUrl) => {
  expect(isAllowedHost(host, { port, publicUrl })).toBe(false);
});
