// Where the palette opens, until its code is there.

export function PalettePending() {
  return (
    <div className="fixed inset-0 z-40 bg-shade">
      <p
        role="status"
        className="fixed inset-x-3 top-[10vh] z-50 mx-auto flex h-11 max-w-xl items-center rounded-md border bg-raised px-3 text-muted shadow-xl"
      >
        Opening the command palette …
      </p>
    </div>
  );
}
