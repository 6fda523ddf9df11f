// What the person at the terminal sees: one line for each thing that happens, then one screen.
import { readJson } from "./processes";
import type { Home } from "./paths";
import type { DemoSignIn } from "./secrets";
import type { StackInfo } from "./stack";

const SLOW_MS = 10_000;

export interface Screen {
  print: (line: string) => void;
  /** Says that `title` is done and how long it took; while it takes long, that it still works. */
  during<T>(title: string, work: Promise<T>): Promise<T>;
}

export function createScreen(write: (line: string) => void): Screen {
  const print = (line: string): void => {
    write(`  ${line}`);
  };
  return {
    print,
    async during(title, work) {
      const started = Date.now();
      const seconds = (): string => `${((Date.now() - started) / 1_000).toFixed(1)} s`;
      const slow = setInterval(() => {
        print(`… ${title}: ${seconds()} so far`);
      }, SLOW_MS);
      try {
        const result = await work;
        print(`✓ ${title} (${seconds()})`);
        return result;
      } finally {
        clearInterval(slow);
      }
    },
  };
}

/** The one screen at the end. The password is shown to a person, not written to a pipe that may be a log. */
export function summary(info: StackInfo, home: Home, isTerminal: boolean): string {
  const demo = readJson<DemoSignIn>(home.demo);
  const password = isTerminal && demo ? demo.password : `in ${home.demo}`;
  const rows: [string, string][] = [
    ["Dashboard", info.publicUrl === info.url ? info.url : `${info.publicUrl}   (listens on ${info.url})`],
    ["Demo", isTerminal ? `${info.demoLink}   (signs in once)` : `the address in ${home.demo} signs in once`],
    ["Temporal UI", info.temporalUiUrl ?? `of ${info.temporalAddress} (set TEMPORAL_UI_URL to link it)`],
    ["Sign in", info.demo ? `${info.demo.email}   password ${password}` : "sign up in the dashboard"],
    [
      "Lab",
      `${info.lab.backend}${info.lab.node ? ` (Proxmox VE ${info.lab.node.version} at ${info.lab.node.host}:${info.lab.node.port})` : ""}`,
    ],
    ["", info.lab.why],
    ["State, logs", `${home.dir}, ${home.log("*")}`],
  ];
  return [
    "",
    "Homeport runs.",
    "",
    ...rows.map(([name, value]) => `  ${name.padEnd(12)} ${value}`),
    "",
    "Ctrl-C stops it; the next `npm start` continues where it was.",
    "",
  ].join("\n");
}
