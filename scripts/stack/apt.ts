// Debian packages that a real lab or a browser test needs: what is missing, and installing it as root, said aloud.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Why packages cannot be installed here; `undefined` when they can. */
export function whyNoApt(): string | undefined {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  if (!/^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release)) return "this is not Debian or Ubuntu";
  if (process.getuid?.() !== 0) return "installing packages needs root";
  return undefined;
}

/** Those of `packages` that dpkg does not have installed. */
function missingPackages(packages: readonly string[]): string[] {
  return packages.filter((name) => {
    const { stdout, status } = spawnSync("dpkg-query", ["-W", "-f=${db:Status-Status}", name], { encoding: "utf8" });
    return status !== 0 || stdout !== "installed";
  });
}

/** Installs what is missing with apt-get, saying which. Throws with apt's own last lines. */
export async function installPackages(packages: readonly string[], print: (line: string) => void): Promise<void> {
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  const reason = whyNoApt();
  if (reason !== undefined) throw new Error(`These packages are missing: ${missing.join(", ")}; and ${reason}.`);
  print(`Installing with apt-get: ${missing.join(", ")} …`);
  // The package lists may be missing or old: refreshed only when installing without that fails.
  const first = await aptGet(["install", "-y", "--no-install-recommends", ...missing]);
  if (first === undefined) return;
  await aptGet(["update"]);
  const second = await aptGet(["install", "-y", "--no-install-recommends", ...missing]);
  if (second !== undefined) throw new Error(`apt-get could not install ${missing.join(", ")}:\n${second}`);
}

/** Answers the end of its output when it failed. */
function aptGet(args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const child = spawn("apt-get", ["-o", "DPkg::Lock::Timeout=120", ...args], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (bytes: Buffer): void => {
      output = (output + String(bytes)).slice(-2_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => {
      resolve(error.message);
    });
    child.once("close", (code) => {
      resolve(code === 0 ? undefined : output.trim());
    });
  });
}
