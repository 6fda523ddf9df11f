// Where the focus is when a dialog opens: on the whole of it, not on "Close", whose tooltip would take the first Escape for itself.

/** For Radix's `onOpenAutoFocus`; a field with `autoFocus` has the focus already, and this is not asked. */
export function focusWhole(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
