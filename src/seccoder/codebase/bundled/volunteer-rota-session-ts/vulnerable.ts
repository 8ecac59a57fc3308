import { randomBytes } from "node:crypto";

interface Session {
  user: string | null;
  used: number;
}

export class Sessions {
  private readonly all = new Map<string, Session>();
  constructor(private readonly idleFor = 30 * 60_000) {}

  begin(now: number, user: string | null = null): string {
    const id = randomBytes(24).toString("base64url");
    this.all.set(id, { user, used: now });
    return id;
  }

  login(id: string, user: string, now: number): string {
    this.all.set(id, { user, used: now });
    return id;
  }

  user(id: string, now: number): string | null {
    const session = this.all.get(id);
    if (!session) return null;
    if (now - session.used > this.idleFor) this.all.delete(id);
    else session.used = now;
    return this.all.has(id) ? session.user : null;
  }
}
