// A wrong HOMEPORT_URL ends the start with what is wrong, not people's sign-in later.
import { expect, test } from "vitest";
import { publicUrlOf } from "./public-url";

test.each([
  [undefined, undefined],
  ["", undefined],
  ["https://homeport.lan", "https://homeport.lan"],
  ["https://homeport.lan/", "https://homeport.lan"],
  ["http://Homeport.lan:80", "http://homeport.lan"],
  ["http://[fd00::1]:8080", "http://[fd00::1]:8080"],
])("%s is %s", (setting, origin) => {
  expect(publicUrlOf(setting)).toBe(origin);
});

test.each([
  ["homeport.lan", /no address/],
  ["ftp://homeport.lan", /begins with “ftp:”/],
  ["https://lan.example/homeport", /cannot be served below a path/],
  ["https://lan.example/?x=1", /has the path/],
  ["https://ada:secret@lan.example", /name or a password/],
])("%s is refused", (setting, why) => {
  expect(() => publicUrlOf(setting)).toThrow(why);
});
