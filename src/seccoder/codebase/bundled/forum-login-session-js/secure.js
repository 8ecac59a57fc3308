const { randomBytes } = require("node:crypto");

class SessionStore {
  #sessions = new Map();

  #create(data) {
    const id = randomBytes(32).toString("base64url");
    this.#sessions.set(id, data);
    return id;
  }

  open(id) {
    const known = typeof id === "string" && this.#sessions.has(id);
    const current = known ? id : this.#create({ user: null });
    return { id: current, data: this.#sessions.get(current) };
  }

  login(id, user) {
    const guest = this.open(id);
    // A new id with each login: the one from before may have been planted in the browser.
    this.#sessions.delete(guest.id);
    return this.#create({ ...guest.data, user });
  }

  logout(id) {
    this.#sessions.delete(id);
  }
}

module.exports = { SessionStore };
