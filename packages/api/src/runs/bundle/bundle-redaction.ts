// Takes out of a bundle what must not leave the house: addresses of the node, mail addresses, secrets that are known here.

/** What is looked for, word for word, and what stands there instead. */
export interface Hidden {
  text: string;
  mark: "[node address]" | "[secret]";
}

export interface Redaction {
  /** Of a whole text. */
  text(this: void, text: string): string;
  /** Every text in a JSON value; its keys are ours. */
  json(this: void, value: unknown): unknown;
  /** Of a text that comes in pieces: what is hidden may be cut anywhere. */
  stream(this: void): { push(this: void, piece: string): string; end(this: void): string };
}

/** A line longer than this is not waited for whole. */
const LONG_LINE = 65_536;
/** Nothing that is hidden is longer than this on one line. */
const KEPT_BACK = 8_192;
/** Shorter ones would take words out of every sentence. */
const SHORTEST = 4;

export function createRedaction(hidden: readonly Hidden[]): Redaction {
  // A key has many lines, and each of them is a secret; a log is read line by line.
  const known = hidden
    .flatMap(({ text, mark }) => text.split("\n").map((line) => ({ text: line.trim(), mark })))
    .filter(({ text }) => text.length >= SHORTEST && !/^-+(BEGIN|END) /.test(text));
  const marks = new Map(known.map((one) => [one.text, one.mark]));
  const words = [...marks.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => (marks.get(word) === "[secret]" ? escaped(word) : `(?<![\\w.-])${escaped(word)}(?![\\w-]|\\.\\w)`));
  const literal = words.length === 0 ? undefined : new RegExp(words.join("|"), "g");
  const text = (plain: string): string =>
    hideMail(literal ? plain.replace(literal, (found) => marks.get(found) ?? "[secret]") : plain);
  const json = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (typeof value !== "object" || value === null || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, json(inner)]));
  };
  return { text, json, stream: () => createStream(text) };
}

function createStream(redact: (text: string) => string) {
  let waiting = "";
  return {
    push(piece: string): string {
      waiting += piece;
      const end = waiting.lastIndexOf("\n") + 1;
      if (end > 0) {
        const whole = waiting.slice(0, end);
        waiting = waiting.slice(end);
        return redact(whole);
      }
      if (waiting.length < LONG_LINE) return "";
      const seen = redact(waiting);
      waiting = seen.slice(-KEPT_BACK);
      return seen.slice(0, -KEPT_BACK);
    },
    end(): string {
      const rest = redact(waiting);
      waiting = "";
      return rest;
    },
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

const LOCAL_PART = /[A-Za-z0-9._%+-]+$/;
/** The units of systemd only look like mail: getty@tty1.service. */
const DOMAIN =
  /^(?:[A-Za-z0-9-]{1,63}\.){1,8}(?!(?:service|socket|target|timer|mount|slice|scope|device|path|swap)\b)[A-Za-z]{2,24}/;

/** Looks only around each "@": a hostile log of one endless line costs no more than its length. */
function hideMail(text: string): string {
  let hidden = "";
  let from = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const local = LOCAL_PART.exec(text.slice(Math.max(from, at - 64), at))?.[0];
    const domain = DOMAIN.exec(text.slice(at + 1, at + 601))?.[0];
    if (local === undefined || domain === undefined) continue;
    hidden += `${text.slice(from, at - local.length)}[mail address]`;
    from = at + 1 + domain.length;
  }
  return hidden + text.slice(from);
}
