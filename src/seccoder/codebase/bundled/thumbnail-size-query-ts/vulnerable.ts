type Scale = (original: Buffer, width: number) => Promise<Buffer>;

export class Thumbs {
  private readonly cache = new Map<string, Buffer>();
  constructor(private load: (id: string) => Promise<Buffer | null>, private scale: Scale) {}

  async get(id: string, wanted: number): Promise<Buffer | null> {
    const width = Math.max(1, Math.min(1280, Math.round(wanted)));
    const key = `${width} ${id}`;
    let thumbnail = this.cache.get(key);
    if (!thumbnail) {
      const original = await this.load(id);
      if (!original) return null;
      thumbnail = await this.scale(original, width);
      this.cache.set(key, thumbnail);
    }
    return thumbnail;
  }
}
