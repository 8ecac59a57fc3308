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
    const session = this.open(id);
    session.data.user = user;
    return session.id;
  }

  logout(id) {
    this.#sessions.delete(id);
  }
}

module.exports = { SessionStore };
