// What a guest uses, in the steps that a screen shows: what does not change there is not sent, and what does takes few characters.

export interface Used {
  /** Fraction of its cores, 0 to 1. */
  cpu: number;
  memBytes: number;
  maxMemBytes: number;
  diskBytes: number;
  maxDiskBytes: number;
}

/** CPU: 0, 1 for less than one per cent, else the per cent plus one. Memory and disk: thousandths of the whole. */
export type Figures = readonly [cpu: number, memory: number, disk: number];

/** As `formatShare` writes it: below this it is nothing. */
const SOME_CPU = 0.0005;
const UNDER_ONE_PER_CENT = 0.004;
const MOST = 100_000;

export function figuresOf({ cpu, memBytes, maxMemBytes, diskBytes, maxDiskBytes }: Used): Figures {
  const some = cpu > SOME_CPU ? 1 : 0;
  return [
    Math.round(Math.min(cpu, 1) * 100) + some,
    thousandths(memBytes, maxMemBytes),
    thousandths(diskBytes, maxDiskBytes),
  ];
}

/** `used` with these figures, of the same limits. */
export function withFigures<T extends Used>(used: T, [cpu, memory, disk]: Figures): T {
  const share = cpu === 1 ? UNDER_ONE_PER_CENT : Math.max(0, cpu - 1) / 100;
  return {
    ...used,
    cpu: share,
    memBytes: Math.round((memory * used.maxMemBytes) / 1_000),
    diskBytes: Math.round((disk * used.maxDiskBytes) / 1_000),
  };
}

const thousandths = (used: number, whole: number): number =>
  whole > 0 ? Math.min(MOST, Math.max(0, Math.round((used / whole) * 1_000))) : 0;

/** Five bits a character, the lowest first; the second half of the alphabet says that more follow. */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const HALF = 32;

/** By VMID, ascending: the distance to the one before, then the three figures. Six or seven characters a guest. */
export function encodeFigures(guests: readonly (readonly [vmid: number, figures: Figures])[]): string {
  let text = "";
  let before = 0;
  for (const [vmid, figures] of guests.toSorted(([a], [b]) => a - b)) {
    for (let number of [vmid - before, ...figures]) {
      for (; number >= HALF; number = Math.floor(number / HALF)) text += DIGITS.charAt(HALF + (number % HALF));
      text += DIGITS.charAt(number);
    }
    before = vmid;
  }
  return text;
}

export function decodeFigures(text: string): ReadonlyMap<number, Figures> {
  const numbers: number[] = [];
  let [number, weight] = [0, 1];
  for (const digit of text) {
    const value = DIGITS.indexOf(digit);
    number += (value % HALF) * weight;
    weight *= HALF;
    if (value >= HALF) continue;
    numbers.push(number);
    [number, weight] = [0, 1];
  }
  const guests = new Map<number, Figures>();
  let vmid = 0;
  for (let at = 0; at + 3 < numbers.length; at += 4) {
    const [distance = 0, cpu = 0, memory = 0, disk = 0] = numbers.slice(at, at + 4);
    vmid += distance;
    guests.set(vmid, [cpu, memory, disk]);
  }
  return guests;
}
