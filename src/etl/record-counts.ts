/** Counts records by processor. */
export class RecordCounts {
  readonly byProcessor = new Map<number, number>();

  add(processor: number, records: number): void {
    this.byProcessor.set(processor, (this.byProcessor.get(processor) ?? 0) + records);
  }

  addAll(others: ReadonlyMap<number, number>): void {
    for (const [processor, records] of others) this.add(processor, records);
  }
}
