// Runs once when the server starts: ends at once on a signal, and notes each request's true address.

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { prepareServer } = await import("./lib/prepare-server");
  prepareServer();
  const { requireKeys } = await import("./lib/refuse");
  requireKeys();
}
