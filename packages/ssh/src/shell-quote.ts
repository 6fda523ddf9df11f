// SSH carries one string and the host's login shell takes it apart again; quoting is what keeps an argument one argument.

/** Quotes `argv` for a POSIX shell. The only place where a command becomes a string. Throws `RangeError` on a NUL, which no argument can hold. */
export function shellQuote(argv: readonly string[]): string {
  return argv.map(quote).join(" ");
}

function quote(argument: string): string {
  if (argument.includes("\0")) throw new RangeError("an argument must not contain a NUL character");
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}
