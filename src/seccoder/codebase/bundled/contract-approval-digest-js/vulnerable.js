import { createHash } from "node:crypto";

const digest = (file) => createHash("md5").update(file).digest("hex");

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
