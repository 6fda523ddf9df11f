// Whether the page's scripts have taken it over: until then a click does nothing, and the browser itself would send a form.
import { useSyncExternalStore } from "react";

const never = (): (() => void) => () => undefined;

/** False on the server and while the page is being taken over, true from then on. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
