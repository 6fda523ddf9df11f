// Who may change something with a person's cookie: our own pages, by what the browser says of them.
import { expect, test } from "vitest";
import { whyNotOurs } from "./same-origin";

const ORIGINS = ["https://homeport.lan"];
const why = (headers: Record<string, string>): string | undefined =>
  whyNotOurs(new Headers({ "content-type": "application/json", host: "127.0.0.1:3000", ...headers }), ORIGINS);

test.each([
  [{ "sec-fetch-site": "same-origin" }],
  [{ origin: "http://127.0.0.1:3000" }],
  [{ origin: "https://homeport.lan" }],
  [{ "content-type": "application/json; charset=utf-8", "sec-fetch-site": "same-origin" }],
])("%j is ours", (headers) => {
  expect(why(headers)).toBeUndefined();
});

test.each([
  [{ "sec-fetch-site": "cross-site" }, /Only Homeport's own pages/],
  [{ "sec-fetch-site": "same-site" }, /Only Homeport's own pages/],
  [{ "sec-fetch-site": "none" }, /Only Homeport's own pages/],
  // What the browser says of the page counts more than an origin that happens to fit.
  [{ "sec-fetch-site": "cross-site", origin: "https://homeport.lan" }, /Only Homeport's own pages/],
  [{}, /does not say which page/],
  [{ origin: "null" }, /Only Homeport's own pages/],
  [{ origin: "http://127.0.0.1:3001" }, /HOMEPORT_URL=http:\/\/127\.0\.0\.1:3001/],
  [{ origin: "http://homeport.lan" }, /start it with HOMEPORT_URL=http:\/\/homeport\.lan/],
  [{ "content-type": "text/plain", "sec-fetch-site": "same-origin" }, /Only application\/json/],
])("%j is not", (headers, refusal) => {
  expect(why(headers)).toMatch(refusal);
});
