// Through the dashboard Temporal's UI can be read and not used: no cookie, no change, no way around.
import { expect, test } from "vitest";
import { engineRequest, passedBack } from "./engine-ui";

const at = (path: string, init?: RequestInit) => engineRequest(new Request(`http://127.0.0.1:3000${path}`, init));
const api = "/engine/api/v1/namespaces/default/workflows";

test("reading goes through without cookies or credentials of ours", async () => {
  const asked = await at(`${api}?query=x`, {
    headers: {
      cookie: "homeport_session=secret",
      authorization: "Bearer secret",
      accept: "application/json",
      "x-forwarded-host": "evil",
    },
  });
  expect(asked).toMatchObject({ method: "GET" });
  expect([...new Headers((asked as RequestInit).headers)]).toEqual([["accept", "application/json"]]);
});

test("a query, which changes nothing, goes through; everything else that is no reading is refused", async () => {
  expect(
    await at(`${api}/create-web-1-2e3f4a5b/query/__temporal_workflow_metadata`, { method: "POST", body: "{}" }),
  ).toMatchObject({ method: "POST", body: "{}" });
  for (const [method, path] of [
    ["POST", `${api}/create-web-1-2e3f4a5b/signal/turn`],
    ["POST", `${api}/create-web-1-2e3f4a5b/cancel`],
    ["POST", `${api}/create-web-1-2e3f4a5b/terminate`],
    ["POST", `${api}/create-web-1-2e3f4a5b/reset`],
    ["POST", `${api}/create-web-1-2e3f4a5b/update/decide`],
    ["POST", "/engine/api/v1/namespaces/default/batch-operations/x"],
    ["POST", `${api}/x/query/../signal/turn`],
    ["PUT", api],
    ["DELETE", api],
    ["PATCH", api],
  ] as const)
    expect(await at(path, { method, ...(method === "POST" ? { body: "{}" } : {}) })).toContain(
      "Decide about a run on its page",
    );
});

test("a query of any size is not held in memory", async () => {
  expect(await at(`${api}/x/query/y`, { method: "POST", body: "x".repeat(65_537) })).toContain("64 KiB");
});

test("its cookies stay there, and its redirects name the dashboard's path and not where it listens", () => {
  const upstream = "http://127.1.2.3:20000";
  const answer = passedBack(
    new Response("x", {
      status: 302,
      headers: {
        location: `${upstream}/namespaces/default`,
        "set-cookie": "_csrf=1",
        "content-type": "text/html",
        server: "x",
      },
    }),
    upstream,
  );
  expect(answer.headers.get("location")).toBe("/engine/namespaces/default");
  expect([answer.headers.get("set-cookie"), answer.headers.get("server")]).toEqual([null, null]);
  expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
});
