import { expect, test } from "vitest";
import { createSession, type Session, type SessionNews } from "./session";

const ada = { id: "ada", name: "Ada", email: "ada@example.com" };
const bob = { id: "bob", name: "Bob", email: "bob@example.com" };

/** Tabs of one browser: what one says, the others hear. */
function browser(...people: (typeof ada)[]) {
  const log: string[] = [];
  const tabs: Session[] = people.map((person, at) =>
    createSession(person, {
      channel: {
        postMessage: (news: SessionNews) => {
          tabs.forEach((tab, other) => {
            if (other !== at) tab.hear(news);
          });
        },
      },
      onEnd: () => {
        log.push(`${at} stops`);
      },
      onResume: () => {
        log.push(`${at} goes on`);
      },
    }),
  );
  return { tabs, log, states: () => tabs.map((tab) => tab.state()) };
}

test("who signs in again in one tab goes on in all", () => {
  const { tabs, log, states } = browser(ada, ada);
  tabs[0]?.end("ended");
  tabs[1]?.end("ended");
  tabs[0]?.end("ended");
  expect(states()).toEqual(["ended", "ended"]);
  tabs[0]?.resume();
  expect(states()).toEqual(["open", "open"]);
  expect(log).toEqual(["0 stops", "1 stops", "0 goes on", "1 goes on"]);
});

test("signing out stops the stream here, and ends the pages of the other tabs", () => {
  const { tabs, log, states } = browser(ada, ada);
  tabs[0]?.leave();
  expect(states()).toEqual(["open", "ended"]); // this one is being left
  expect(log).toEqual(["0 stops", "1 stops"]);
});

test("that the session ends is no news to the page that signs out, unless it could not", () => {
  const { tabs, states } = browser(ada);
  tabs[0]?.leaving(true);
  tabs[0]?.end("ended");
  expect(states()).toEqual(["open"]);
  tabs[0]?.leaving(false);
  expect(states()).toEqual(["ended"]);
});

test("another person stops everything of the first one's, whatever is refused afterwards, until the first is back", () => {
  const { tabs, states } = browser(ada, bob);
  tabs[1]?.resume();
  expect(states()).toEqual(["other", "open"]);
  tabs[0]?.end("ended");
  expect(states()).toEqual(["other", "open"]);
  tabs[0]?.hear({ person: "ada" });
  expect(states()).toEqual(["open", "open"]);
});
