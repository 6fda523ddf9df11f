// Keeps the first bytes of a stream, so that no command can fill our memory.

export class Collector {
  readonly #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes came that were not kept. */
  truncated = false;

  constructor(private readonly maxBytes: number) {}

  add(bytes: Buffer): void {
    const room = this.maxBytes - this.#size;
    if (bytes.length > room) this.truncated = true;
    if (room <= 0) return;
    const kept = bytes.subarray(0, room);
    this.#chunks.push(kept);
    this.#size += kept.length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
