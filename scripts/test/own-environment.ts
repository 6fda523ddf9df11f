// The environment of the tests: whatever a running `npm start` uses (its servers, its keys, its address, its mail server) is none of their business.

const ofTheProduct = [
  ...["DATABASE_URL", "TEMPORAL_ADDRESS", "HOMEPORT_KEY_FILE", "HOMEPORT_URL", "HOMEPORT_MAIL_FROM"],
  ...["HOMEPORT_SMTP_URL", "HOMEPORT_SMTP_USER", "HOMEPORT_SMTP_PASSWORD_FILE", "HOMEPORT_AUDIT_HEAD_FILE"],
];

export function ownEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofTheProduct.includes(name)));
}
