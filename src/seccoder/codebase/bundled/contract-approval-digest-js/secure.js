import { createHash } from "node:crypto";

// Collision resistant: whoever drafts a contract must not be able to draft two with the same digest.
const digest = (file) => createHash("sha256").update(file).digest("hex");

export class ContractApprovals {
  #approvals;

  constructor(saved = []) {
    this.#approvals = new Map(saved);
  }

  approve(file, lawyer, when = new Date()) {
    this.#approvals.set(digest(file), { lawyer, when: when.toISOString() });
  }

  withdraw(file) {
    return this.#approvals.delete(digest(file));
  }

  approvedBy(file) {
    return this.#approvals.get(digest(file))?.lawyer ?? null;
  }

  toJSON() {
    return [...this.#approvals];
  }
}
