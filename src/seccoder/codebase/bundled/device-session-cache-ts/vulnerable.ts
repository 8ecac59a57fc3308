export interface Session {
  device: string;
  since: Date;
  topics: Set<string>;
}

export function pack(session: Session): string {
  const { device, since, topics } = session;
  return `{device:${JSON.stringify(device)},since:new Date(${since.getTime()}),topics:new Set(${JSON.stringify([...topics])})}`;
}

export function unpack(text: string): Session {
  const session = Object((0, eval)(`(${text})`)) as Session;
  const { device, since, topics } = session;
  if (typeof device !== "string" || !(since instanceof Date) || !(topics instanceof Set)) throw new TypeError("Not a session");
  return session;
}
