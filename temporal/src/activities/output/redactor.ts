// Takes the secrets that a run knows out of whatever is about to be stored.
import { coloursOf, harmless, visible } from "./harmless";
import { createSecretAutomaton, type SecretAutomaton } from "./secret-automaton";

/** What stands in place of a secret, always the same: not even its length is reported. */
export const MASK = "•••••";
/** Shorter values are left: they occur by chance all over a log, which would only show where they are. No secret of ours is that short. */
const LEAST_CHARS = 6;
/** Of a value with several lines (a key, a configuration) its long words are secret, not its "[Interface]" and "DNS =". */
const LEAST_WORD = 16;

export interface Redactor {
  /** `text` with every known secret replaced, also in Base64, URL and JSON form, and with colours in between. */
  text(text: string): string;
  /** How many characters at the end of `visibleText` may be the beginning of a secret that goes on in what follows. */
  pending(visibleText: string): number;
  /** From now on these too. */
  add(values: Iterable<string>): void;
}

export function createRedactor(values: Iterable<string> = []): Redactor {
  const known = new Set<string>();
  let automaton = createSecretAutomaton([]);
  const redactor: Redactor = {
    text(text) {
      return known.size === 0 || text === "" ? text : masked(text, automaton);
    },
    pending(text) {
      return automaton.pending(text);
    },
    add(more) {
      const before = known.size;
      for (const value of more) for (const part of partsOf(value)) for (const form of formsOf(part)) known.add(form);
      if (known.size > before) automaton = createSecretAutomaton([...known]);
    },
  };
  redactor.add(values);
  return redactor;
}

function partsOf(value: string): string[] {
  const clean = harmless(value).trim();
  if (!/[\r\n]/.test(clean)) return clean.length >= LEAST_CHARS ? [clean] : [];
  return clean.split(/\s+/).filter((word) => word.length >= LEAST_WORD && !word.startsWith("-----"));
}

function formsOf(secret: string): string[] {
  const url = encodeURIComponent(secret);
  const all = [
    secret,
    url,
    url.replaceAll("%20", "+"),
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(secret).slice(1, -1),
    ...base64Of(secret),
  ];
  return all.filter((form) => form.length >= LEAST_CHARS);
}

/** As it looks inside longer Base64, at each of the three places it may begin ("user:password" of HTTP is one): only what no neighbour changes. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor(((shift + bytes.length) * 8) / 6);
    const own = text.slice(first, last);
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Found in what is read; colours that stand inside a secret are put behind its mask. */
function masked(raw: string, automaton: SecretAutomaton): string {
  const seen = raw.includes("\x1b") ? visible(raw) : { text: raw, at: undefined };
  const place = (index: number): number => (seen.at === undefined ? index : (seen.at[index] ?? raw.length));
  let out = "";
  let next = 0;
  for (const { from, to } of automaton.find(seen.text)) {
    const begin = place(from);
    const end = place(to - 1) + 1;
    out += raw.slice(next, begin) + MASK + coloursOf(raw.slice(begin, end));
    next = end;
  }
  return out + raw.slice(next);
}
