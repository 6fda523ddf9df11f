// Which address passkeys are for: a name, over https or on this machine.
import { expect, test } from "vitest";
import { passkeyPlace } from "./place";

test.each([
  ["https://homeport.lan", { rpId: "homeport.lan", origin: "https://homeport.lan" }],
  ["https://homeport.lan:8443/", { rpId: "homeport.lan", origin: "https://homeport.lan:8443" }],
  ["http://127.0.0.1:23110", { rpId: "localhost", origin: "http://localhost:23110" }],
  ["http://[::1]:23110", { rpId: "localhost", origin: "http://localhost:23110" }],
  ["http://localhost", { rpId: "localhost", origin: "http://localhost" }],
  ["http://homeport.localhost:8080", { rpId: "homeport.localhost", origin: "http://homeport.localhost:8080" }],
])("of %s", (publicUrl, place) => {
  expect(passkeyPlace(publicUrl)).toEqual(place);
});

test.each([
  [undefined, /HOMEPORT_URL/],
  ["http://homeport.lan", /plain http/],
  ["http://192.168.1.20:3000", /plain http/],
  ["https://192.168.1.20", /IP address and no name/],
  ["https://[fd00::1]", /IP address and no name/],
  ["https://127.0.0.1:8443", /IP address and no name/],
])("of %s there is none, and it says why", (publicUrl, why) => {
  expect(passkeyPlace(publicUrl)).toEqual({ why: expect.stringMatching(why) as string });
});
