type Show = (value: string) => string;

const plain: Show = (value) => JSON.stringify(value).slice(1, -1);
const isSet: Show = () => "(set)";

// Addresses of services hold user and password, in front of the host or as parameters: only the place is shown.
const place: Show = (value) => {
  if (!URL.canParse(value)) return "(not an address)";
  const { protocol, host } = new URL(value);
  return `${protocol}//${host}`;
};

const SETTINGS: [name: string, show: Show][] = [
  ["NODE_ENV", plain],
  ["PORT", plain],
  ["LOG_LEVEL", plain],
  ["DATABASE_URL", place],
  ["REDIS_URL", place],
  ["MAIL_URL", place],
  ["STRIPE_KEY", isSet],
  ["SESSION_KEYS", isSet],
];

export function settingsLine(env: Record<string, string | undefined> = process.env): string {
  const shown = SETTINGS.filter(([name]) => env[name]).map(([name, show]) => `${name}=${show(env[name]!)}`);
  return `settings: ${shown.join(" ") || "none"}`;
}
