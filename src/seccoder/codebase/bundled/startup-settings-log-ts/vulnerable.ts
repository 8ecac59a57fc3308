const NAMES = [
  "NODE_ENV",
  "PORT",
  "LOG_LEVEL",
  "DATABASE_URL",
  "REDIS_URL",
  "MAIL_URL",
  "STRIPE_KEY",
  "SESSION_KEYS",
];
const SENSITIVE = /PASSWORD|SECRET|TOKEN|KEY$/;

function show(name: string, value: string): string {
  return SENSITIVE.test(name) ? "(set)" : value.replaceAll("\n", "\\n");
}

export function settingsLine(env: Record<string, string | undefined> = process.env): string {
  const shown = NAMES.filter((name) => env[name]).map((name) => `${name}=${show(name, env[name]!)}`);
  return `settings: ${shown.join(" ") || "none"}`;
}
