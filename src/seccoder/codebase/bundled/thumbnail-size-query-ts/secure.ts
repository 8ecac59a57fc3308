type Scale = (original: Buffer, width: number) => Promise<Buffer>;

const WIDTHS = [160, 320, 640, 1280];

export class Thumbs {
  private readonly cache = new Map<string, Buffer>();
  constructor(private load: (id: string) => Promise<Buffer | null>, private scale: Scale, private most = 500) {}

  async get(id: string, wanted: number): Promise<Buffer | null> {
    const width = WIDTHS.find((each) => each >= wanted) ?? WIDTHS[WIDTHS.length - 1];
    const key = `${width} ${id}`;
    let thumbnail = this.cache.get(key);
    if (!thumbnail) {
      const original = await this.load(id);
      if (!original) return null;
      thumbnail = await this.scale(original, width);
      // What others ask for decides what is kept, but never how much.
      if (this.cache.size >= this.most) this.cache.delete(this.cache.keys().next().value!);
    }
    this.cache.delete(key); // the order of a Map is that of insertion: the one just used comes last
    this.cache.set(key, thumbnail);
    return thumbnail;
  }
}
