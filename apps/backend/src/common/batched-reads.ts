interface Round<T> {
  readonly ids: Set<string>;
  readonly found: Promise<ReadonlyMap<string, T>>;
}

/**
 * Reads by id, one statement at a time, each for all that were asked for while the last one was under way: a crowd
 * costs the database a few statements, and who is alone waits for nobody. Nobody gets what was read before they asked.
 */
export class BatchedReads<T> {
  private next: Round<T> | null = null;
  private present: Promise<unknown> = Promise.resolve();

  constructor(private readonly read: (ids: string[]) => Promise<ReadonlyMap<string, T>>) {}

  async get(id: string): Promise<T | null> {
    this.next ??= { ids: new Set(), found: this.present.then(() => this.start()) };
    this.next.ids.add(id);
    return (await this.next.found).get(id) ?? null;
  }

  private start(): Promise<ReadonlyMap<string, T>> {
    const ids = [...(this.next?.ids ?? [])];
    // Who comes from here on may know of something that this statement does not see.
    this.next = null;
    const found = this.read(ids);
    this.present = found.catch(() => {}); // whoever asked hears of it
    return found;
  }
}
