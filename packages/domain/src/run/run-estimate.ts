// How long a run will take: of the steps that will run, by what each took before; the sum is what its parts on the screen add up to.

export interface RunEstimate {
  /** Of the whole run; null when nothing is known. */
  seconds: number | null;
  /** `earlier`: medians of runs that were. `template`: the template's own measure, of everything in it. */
  basis: "earlier" | "template";
  /** The template's measure counts what was left out here, too. */
  atMost: boolean;
  /** Titles of steps that no earlier run had: their time is not in `seconds`. */
  unmeasured: string[];
}

interface Known {
  /** By step's name, in seconds. */
  stepSeconds: ReadonlyMap<string, number>;
  templateSeconds: number | null;
  /** Whether packages or scripts of the template are left out. */
  leftOut: boolean;
}

export function estimateRun(
  steps: readonly { name: string; title: string }[],
  { stepSeconds, templateSeconds, leftOut }: Known,
): RunEstimate {
  const measured = steps.filter(({ name }) => stepSeconds.has(name));
  if (measured.length === 0)
    return { seconds: templateSeconds, basis: "template", atMost: leftOut && templateSeconds !== null, unmeasured: [] };
  const seconds = measured.reduce((sum, { name }) => sum + (stepSeconds.get(name) ?? 0), 0);
  return {
    seconds,
    basis: "earlier",
    atMost: false,
    unmeasured: steps.filter(({ name }) => !stepSeconds.has(name)).map(({ title }) => title),
  };
}

/** As it is shown, so that what is shown adds up: tenths below a second, else whole seconds. */
export function shownSeconds(seconds: number): number {
  return seconds < 0.95 ? Math.round(seconds * 10) / 10 : Math.round(seconds);
}
