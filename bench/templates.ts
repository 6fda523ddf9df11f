// The templates that are measured with: a create, a start and a script of one line, and the same with three scripts of a second.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

export const SCRIPT_SECONDS = 1.09;
export const SCRIPTS = 3;

const yaml = (title: string, scripts: readonly string[]): string => `title: ${title}
summary: For the bench.
icon: box
category: Bench
os: { family: debian, version: "12" }
defaults: { cores: 1, memoryMib: 256, swapMib: 0, diskGib: 2 }
estimate: { seconds: 5, downloadMib: 0 }
scripts:
${scripts.map((name) => `  - { name: ${name}, title: ${name}, file: scripts/${name}.sh, repeatable: true }`).join("\n")}
`;

const scriptsOf: Record<string, Record<string, string>> = {
  "bench-trivial": { hello: "echo hello\n" },
  "bench-three": Object.fromEntries(
    Array.from({ length: SCRIPTS }, (_, at) => [`work-${at + 1}`, `# lab: sleep ${SCRIPT_SECONDS}s\necho done\n`]),
  ),
  "bench-log": { ticks: "# lab: sleep 0.1s\n# lab: time\n".repeat(50) },
};

/** Writes them beside the built-in ones into `folder`, which HOMEPORT_TEMPLATES names. */
export function writeTemplates(folder: string): void {
  for (const [name, scripts] of Object.entries(scriptsOf)) {
    mkdirSync(path.join(folder, name, "scripts"), { recursive: true });
    writeFileSync(path.join(folder, name, "template.yaml"), yaml(name, Object.keys(scripts)));
    for (const [script, text] of Object.entries(scripts))
      writeFileSync(path.join(folder, name, "scripts", `${script}.sh`), text);
  }
}
