// After signing in or out: a new document, so that nothing in memory is left to the next person.

export function arrive(path: string): void {
  window.location.replace(path);
}
