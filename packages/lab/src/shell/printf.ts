/** The shell's `printf`: its format is repeated while arguments are left. */
export function printf(format: string, args: readonly string[]): string {
  const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "0": "\0" };
  const unescaped = format.replace(/\\(.)/g, (all, char: string) => escapes[char] ?? all);
  const wanted = (unescaped.match(/%[sdbq]/g) ?? []).length;
  const rest = [...args];
  let text = "";
  do text += unescaped.replace(/%([sdbq%])/g, (_, kind: string) => (kind === "%" ? "%" : (rest.shift() ?? "")));
  while (wanted > 0 && rest.length > 0);
  return text;
}
