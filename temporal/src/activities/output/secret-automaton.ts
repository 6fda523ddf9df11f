// Finds many secrets in one walk over a text (Aho and Corasick, 1975): neither their number nor how they repeat themselves makes it slower.

export interface SecretAutomaton {
  /** Where secrets stand, ascending, those that overlap as one. */
  find(text: string): { from: number; to: number }[];
  /** How many characters at the end of `text` begin a secret that may go on. */
  pending(text: string): number;
}

const ROOT = 0;
/** UTF-16 code units. */
const CODES = 0x1_0000;

export function createSecretAutomaton(forms: readonly string[]): SecretAutomaton {
  /** The next state by `state * CODES + code unit`. */
  const next = new Map<number, number>();
  const depth = [0];
  /** Length of the longest form that ends in this state; 0: none. */
  const ends = [0];
  const leaf = [true];
  /** The state of the longest ending of this one that begins a form. */
  const back = [ROOT];
  const edges: { from: number; code: number; to: number }[] = [];
  let longest = 0;

  for (const form of forms) {
    longest = Math.max(longest, form.length);
    let state = ROOT;
    for (let at = 0; at < form.length; at += 1) {
      const code = form.charCodeAt(at);
      let to = next.get(state * CODES + code);
      if (to === undefined) {
        to = depth.push(at + 1) - 1;
        ends.push(0);
        back.push(ROOT);
        leaf.push(true);
        leaf[state] = false;
        next.set(state * CODES + code, to);
        edges.push({ from: state, code, to });
      }
      state = to;
    }
    ends[state] = form.length;
  }

  const step = (from: number, code: number): number => {
    for (let state = from; ; state = back[state] ?? ROOT) {
      const to = next.get(state * CODES + code);
      if (to !== undefined) return to;
      if (state === ROOT) return ROOT;
    }
  };
  // Nearer to the root first: an ending is always shorter than what it ends.
  edges.sort((a, b) => (depth[a.to] ?? 0) - (depth[b.to] ?? 0));
  for (const { from, code, to } of edges) {
    if (from !== ROOT) back[to] = step(back[from] ?? ROOT, code);
    ends[to] = Math.max(ends[to] ?? 0, ends[back[to] ?? ROOT] ?? 0);
  }

  return {
    find(text) {
      const found: { from: number; to: number }[] = [];
      let state = ROOT;
      for (let at = 0; at < text.length; at += 1) {
        state = step(state, text.charCodeAt(at));
        const length = ends[state] ?? 0;
        if (length > 0) join(found, { from: at + 1 - length, to: at + 1 });
      }
      return found;
    },
    pending(text) {
      let state = ROOT;
      for (let at = Math.max(0, text.length - longest); at < text.length; at += 1)
        state = step(state, text.charCodeAt(at));
      while (leaf[state] && state !== ROOT) state = back[state] ?? ROOT;
      return depth[state] ?? 0;
    },
  };
}

/** `one` ends behind all in `found`. */
function join(found: { from: number; to: number }[], one: { from: number; to: number }): void {
  let { from } = one;
  for (let last = found.at(-1); last !== undefined && last.to > from; last = found.at(-1)) {
    from = Math.min(from, last.from);
    found.pop();
  }
  found.push({ from, to: one.to });
}
