export type Role = "member" | "owner";
export interface Store {
  role(tenant: string, user: string): Role | undefined;
  rename(tenant: string, name: string): void;
  remove(tenant: string): void;
}

export class Tenants {
  constructor(private readonly store: Store) {}

  rename(user: string, tenant: string, name: string): number {
    // undefined: not a member, and then the tenant does not exist for them.
    if (!this.store.role(tenant, user)) return 404;
    this.store.rename(tenant, name);
    return 200;
  }

  remove(user: string, tenant: string): number {
    const role = this.store.role(tenant, user);
    if (!role) return 404;
    if (role !== "owner") return 403;
    this.store.remove(tenant);
    return 204;
  }
}
