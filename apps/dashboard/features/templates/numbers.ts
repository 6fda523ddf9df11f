// A template's numbers in words for the screen.
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** 512 → "512 MiB", 2048 → "2 GiB". */
export function mib(value: number): string {
  return value >= 1024 ? `${number.format(value / 1024)} GiB` : `${value} MiB`;
}

/** 45 → "45 s", 150 → "3 min": an estimate has no business with more. */
export function about(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

export function count(value: number, one: string, many = `${one}s`): string {
  return `${value} ${value === 1 ? one : many}`;
}
