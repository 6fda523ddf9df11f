// `npm start`: the whole product on this machine until Ctrl-C.
import { beginAnew } from "./stack/fresh";
import { takeLauncherLock } from "./stack/launcher-lock";
import { type Home, homeAt } from "./stack/paths";
import { publicUrlOf } from "./stack/public-url";
import { createScreen, summary } from "./stack/screen";
import { startStack, type StackInfo } from "./stack/stack";
import { HELP, parseStartOptions } from "./stack/start-options";
import { makeResetLink, resetLinkText } from "./stack/reset-link";
import { mailSettingsOf } from "../temporal/src/mail/mail-settings";
import { trustedProxiesOf } from "./stack/trusted-proxies";

async function main(): Promise<number> {
  const options = parseStartOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const home = homeAt();
  const screen = createScreen((line) => {
    console.log(line);
  });
  const lock = takeLauncherLock(home.lock);
  try {
    const { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress } = process.env;
    const publicUrl = publicUrlOf(process.env.HOMEPORT_URL);
    const trustedProxies = trustedProxiesOf(process.env.HOMEPORT_TRUSTED_PROXIES);
    mailSettingsOf(process.env); // throws what is wrong before anything starts
    if (options.fresh) {
      if (databaseUrl || temporalAddress)
        throw new Error(
          `--fresh deletes only what Homeport runs itself: empty the servers of DATABASE_URL and TEMPORAL_ADDRESS yourself, and delete ${home.auditHead}, which remembers the audit log of that database.`,
        );
      if (!(await beginAnew(home, { yes: options.yes, print: screen.print }))) return 0;
    }
    console.log("Homeport starts …");
    const stack = startStack({
      home,
      screen,
      lab: options.lab,
      labVersion: options.labVersion,
      ports: options.port === undefined ? {} : { dashboard: options.port },
      publicUrl,
      trustedProxies,
      databaseUrl: databaseUrl || undefined,
      temporalAddress: temporalAddress || undefined,
    });
    const asked = stopSignal();
    const failed = stack.ready.then(
      async (info) => {
        lock.announce(info.url);
        console.log(summary(info, home, process.stdout.isTTY));
        if (options.resetLink !== undefined) console.log(await resetLink(home, info, options.resetLink));
        return new Promise<never>(() => undefined); // runs until it is asked to stop
      },
      (error: unknown) => error,
    );
    const failure = await Promise.race([asked, failed]);
    const wasAsked = typeof failure === "string";
    if (wasAsked) console.log(`\n${failure}: stopping …`);
    await stack.stop();
    if (!wasAsked) throw failure;
    console.log("Stopped. All data is kept.");
    return 0;
  } finally {
    lock.release();
  }
}

/** That there is no such account is no reason to stop what runs. */
async function resetLink(home: Home, { databaseUrl, publicUrl }: StackInfo, email: string): Promise<string> {
  try {
    const link = await makeResetLink({ databaseUrl, publicUrl, email });
    return resetLinkText(home, { email, link, isTerminal: process.stdout.isTTY });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Settles with the first signal; later ones change nothing, since stopping has its own deadlines. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    // The terminal may be gone (SIGHUP): writing to it must not end us before the children have ended.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => {
        resolve(signal);
      });
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
