export class StationRegistry {
  #stations = new Map();

  constructor(stations) {
    for (const { id, place, key } of stations) {
      this.#stations.set(id, { id, place, key });
    }
  }

  authenticate(headers) {
    const station = this.#stations.get(headers["x-station"]);
    const key = headers["x-key"];
    if (!station || typeof key !== "string") return null;
    if (key !== station.key) return null;
    return { id: station.id, place: station.place };
  }
}
