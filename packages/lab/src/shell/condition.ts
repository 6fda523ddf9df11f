// `test` and `[`: whether what their words say holds in this file system.
import type { MemoryFs } from "./memory-fs";

export function holds(args: readonly string[], fs: MemoryFs): boolean {
  if (args[0] === "!") return !holds(args.slice(1), fs);
  for (const [word, both] of [
    ["-o", false],
    ["-a", true],
  ] as const) {
    const at = args.indexOf(word, 1);
    if (at > 0) {
      const [left, right] = [holds(args.slice(0, at), fs), holds(args.slice(at + 1), fs)];
      return both ? left && right : left || right;
    }
  }
  const [first = "", second = "", third = ""] = args;
  if (args.length <= 1) return first !== "";
  if (args.length === 2) {
    if (first === "-n") return second !== "";
    if (first === "-z") return second === "";
    if (first === "-f") return fs.file(second) !== undefined;
    if (first === "-d") return fs.isDirectory(second);
    if (first === "-s") return (fs.read(second)?.length ?? 0) > 0;
    return fs.file(second) !== undefined || fs.isDirectory(second);
  }
  const [a, b] = [Number(first), Number(third)];
  const results: Record<string, boolean> = {
    "=": first === third,
    "==": first === third,
    "!=": first !== third,
    "-eq": a === b,
    "-ne": a !== b,
    "-gt": a > b,
    "-ge": a >= b,
    "-lt": a < b,
    "-le": a <= b,
  };
  return results[second] ?? false;
}
