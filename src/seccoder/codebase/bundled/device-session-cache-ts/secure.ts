export interface Session {
  device: string;
  since: Date;
  topics: Set<string>;
}

export function pack(session: Session): string {
  return JSON.stringify({ device: session.device, since: session.since.toISOString(), topics: [...session.topics] });
}

export function unpack(text: string): Session {
  // JSON brings plain values only; what they become is decided here.
  const { device, since, topics } = Object(JSON.parse(text)) as Record<string, unknown>;
  const date = new Date(typeof since === "string" ? since : NaN);
  const texts = Array.isArray(topics) && topics.every((topic) => typeof topic === "string");
  if (typeof device !== "string" || Number.isNaN(date.getTime()) || !texts) throw new TypeError("Not a session");
  return { device, since: date, topics: new Set<string>(topics) };
}
