// `npm start`, `npm test`, `npm run faults`, `npm run bench`, `npm run audit:verify` on a machine that has only Node and npm: gets everything else, then hands over.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MINIMUM = [20, 19];
const scripts = {
  start: "start.ts",
  test: "test.ts",
  bench: "../bench/main.ts",
  faults: "faults.ts",
  "audit-verify": "audit/verify.ts",
};
// "It could not be judged": 1 says of the audit log that it does not hold.
const failed = process.argv[2] === "audit-verify" ? 2 : 1;
const root = fileURLToPath(new URL("..", import.meta.url));
const [command] = process.argv.slice(2);

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  fail(
    `Homeport needs Node ${MINIMUM.join(".")} or newer; this is ${process.versions.node}. Get it from https://nodejs.org or with: nvm install`,
  );
}
if (!Object.hasOwn(scripts, command)) fail(`usage: node scripts/run.mjs ${Object.keys(scripts).join("|")} [options]`);

const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
once("node_modules/.homeport-lock", [`${root}pnpm-lock.yaml`, `${root}pnpm-workspace.yaml`], () => {
  console.log(`Installing the dependencies with ${packageManager} …`);
  pnpm("install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only", "--loglevel=warn");
});
const schema = readdirSync(`${root}prisma/schema`)
  .sort()
  .map((name) => `${root}prisma/schema/${name}`);
once("prisma/src/generated/.homeport-schema", [...schema, `${root}pnpm-lock.yaml`], () => {
  console.log("Generating the database client …");
  pnpm("--silent", "--filter", "@homeport/db", "generate");
});

// In this process, so that signals and exit codes need no forwarding.
process.argv.splice(2, 1);
process.chdir(root);
const { register } = await import("tsx/esm/api");
register();
await import(new URL(scripts[command], import.meta.url).href).catch((error) => {
  console.error(error);
  process.exit(failed);
});

/** Runs `work` when the content of `inputs` changed since it last succeeded. */
function once(stamp, inputs, work) {
  const hash = createHash("sha256");
  for (const file of inputs) hash.update(readFileSync(file));
  const want = hash.digest("hex");
  const file = `${root}${stamp}`;
  if (existsSync(file) && readFileSync(file, "utf8") === want) return;
  // It changes nothing, also not what a Homeport that runs beside it was installed from.
  if (command === "audit-verify") fail("This version is not installed yet: run npm start once, then ask again.");
  work();
  writeFileSync(file, want);
}

function pnpm(...pnpmArgs) {
  const options = {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, CI: process.env.CI ?? "true", CHECKPOINT_DISABLE: "1" },
  };
  const { status, error } = spawnSync("npx", ["--yes", packageManager, ...pnpmArgs], options);
  if (status !== 0)
    fail(
      `${packageManager} ${pnpmArgs.join(" ")} failed${error ? `: ${error.message}` : ""}. Node's npm must be on the PATH and the npm registry reachable.`,
    );
}

function fail(message) {
  console.error(message);
  process.exit(failed);
}
