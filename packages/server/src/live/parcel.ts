const TEXT_FIN = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/** One or more frames, encoded once for however many sockets they leave on. */
export class Parcel {
  readonly #texts: readonly string[];
  #webSocket: Buffer | undefined;
  #eventStream: Buffer | undefined;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** How many frames it holds. */
  get count(): number {
    return this.#texts.length;
  }

  /** As WebSocket text frames, unmasked as a server's are. */
  get webSocket(): Buffer {
    this.#webSocket ??= webSocketFrames(this.#texts);
    return this.#webSocket;
  }

  /** As server-sent events. JSON has no line breaks of its own. */
  get eventStream(): Buffer {
    this.#eventStream ??= Buffer.from(this.#texts.map((text) => `data: ${text}\n\n`).join(''));
    return this.#eventStream;
  }
}

/** One frame as a parcel. */
export function parcelOf(frame: object): Parcel {
  return new Parcel([JSON.stringify(frame)]);
}

function webSocketFrames(texts: readonly string[]): Buffer {
  let total = 0;
  const lengths: number[] = [];
  for (const text of texts) {
    const length = Buffer.byteLength(text);
    lengths.push(length);
    total += length + headerLength(length);
  }
  const frames = Buffer.allocUnsafe(total);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    const length = lengths[index] ?? 0;
    at = writeHeader(frames, at, length);
    at += frames.write(text, at, length, 'utf8');
  }
  return frames;
}

function headerLength(length: number): number {
  if (length < LENGTH_16) return 2;
  return length <= 0xffff ? 4 : 10;
}

function writeHeader(frames: Buffer, from: number, length: number): number {
  frames[from] = TEXT_FIN;
  if (length < LENGTH_16) {
    frames[from + 1] = length;
    return from + 2;
  }
  if (length <= 0xffff) {
    frames[from + 1] = LENGTH_16;
    return frames.writeUInt16BE(length, from + 2);
  }
  frames[from + 1] = LENGTH_64;
  frames.writeUInt32BE(0, from + 2);
  return frames.writeUInt32BE(length, from + 6);
}
