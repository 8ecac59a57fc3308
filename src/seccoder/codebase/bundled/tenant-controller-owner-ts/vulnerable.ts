export type Role = "member" | "owner";
export interface Store {
  role(tenant: string, user: string): Role | undefined;
  rename(tenant: string, name: string): void;
  remove(tenant: string): void;
}

export class Tenants {
  constructor(private readonly store: Store) {}

  rename(user: string, tenant: string, name: string): number {
    if (!user) return 401;
    this.store.rename(tenant, name);
    return 200;
  }

  remove(user: string, tenant: string): number {
    if (!user) return 401;
    this.store.remove(tenant);
    return 204;
  }
}
