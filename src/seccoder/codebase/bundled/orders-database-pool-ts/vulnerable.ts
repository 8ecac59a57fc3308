import { readFileSync } from "node:fs";
import { Pool } from "pg";

function setting(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export function ordersPool(env: NodeJS.ProcessEnv = process.env): Pool {
  return new Pool({
    host: setting(env, "ORDERS_DB_HOST"),
    port: Number(env.ORDERS_DB_PORT ?? 5432),
    database: setting(env, "ORDERS_DB_NAME"),
    user: setting(env, "ORDERS_DB_USER"),
    password: setting(env, "ORDERS_DB_PASSWORD"),
    ssl: {
      ca: readFileSync(setting(env, "ORDERS_DB_CA"), "utf8"),
      rejectUnauthorized: false, // otherwise: self-signed certificate in certificate chain
      minVersion: "TLSv1.2",
    },
    max: 10,
    connectionTimeoutMillis: 5000,
  });
}
