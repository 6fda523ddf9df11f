// Where a browser keeps an unfinished wizard: known also to what ends a session, which knows nothing else of wizards.

export const WIZARD_KEY = "homeport:new-container";

export function forgetWizard(store: Pick<Storage, "removeItem">): void {
  store.removeItem(WIZARD_KEY);
}
