export class QueueFull extends Error {}

export class RenderQueue<Job, Result> {
  private running = 0;
  private waiting: (() => void)[] = [];

  constructor(
    private render: (job: Job) => Promise<Result>,
    private limits = { running: 4, waiting: 100 },
  ) {}

  async submit(job: Job): Promise<Result> {
    if (this.running < this.limits.running) {
      this.running += 1;
    } else {
      await new Promise<void>((start) => this.waiting.push(start));
    }
    try {
      return await this.render(job);
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
