import { type ErrorCode, LIMITS } from '@rill/protocol';
import { Refusal } from './domain/refusal.ts';

// Keeps a byte order mark, which is then no JSON.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads JSON as RFC 8259 has it and refuses what two readers could take for two things: invalid UTF-8, lone
 * surrogates, U+0000, a field named twice or named like something every object has, a number that is not what it
 * says. Bodies and socket frames both go through here.
 */
export function parseStrict(input: string | Uint8Array, maxDepth: number = LIMITS.jsonDepth): unknown {
  return new Reader(typeof input === 'string' ? wellFormed(input) : decode(input), maxDepth).document();
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new Refusal('malformed_unicode', { detail: 'The body is not valid UTF-8.' }, cause);
  }
}

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new Refusal('malformed_unicode');
  return text;
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

class Reader {
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;
  #depth = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  document(): unknown {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw this.#refusal('malformed_json');
    return value;
  }

  #value(): unknown {
    this.#space();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #nested<Value>(read: () => Value): Value {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth) throw this.#refusal('too_deep');
    this.#at += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    if (this.#next('}')) return object;
    for (;;) {
      this.#space();
      const key = this.#string();
      // `__proto__`, `constructor`, `toString`: no field of ours, and a trap for whoever copies the object.
      if (key in Object.prototype) throw this.#refusal('bad_request', 'A field has a name that no field may have.');
      if (Object.hasOwn(object, key)) throw this.#refusal('duplicate_key');
      if (!this.#next(':')) throw this.#refusal('malformed_json');
      object[key] = this.#value();
      if (this.#next('}')) return object;
      if (!this.#next(',')) throw this.#refusal('malformed_json');
    }
  }

  #array(): unknown[] {
    const array: unknown[] = [];
    if (this.#next(']')) return array;
    for (;;) {
      array.push(this.#value());
      if (this.#next(']')) return array;
      if (!this.#next(',')) throw this.#refusal('malformed_json');
    }
  }

  #string(): string {
    if (this.#text[this.#at] !== '"') throw this.#refusal('malformed_json');
    const from = this.#at;
    let escaped = false;
    for (let at = from + 1; at < this.#text.length; at += 1) {
      const unit = this.#text.charCodeAt(at);
      if (unit === QUOTE) {
        this.#at = at + 1;
        return escaped ? this.#unescape(this.#text.slice(from, at + 1)) : this.#text.slice(from + 1, at);
      }
      if (unit < FIRST_PRINTABLE) break;
      if (unit === BACKSLASH) {
        escaped = true;
        at += 1;
      }
    }
    throw this.#refusal('malformed_json');
  }

  /** A whole string with its quotes, of which only the escapes can still be wrong. */
  #unescape(quoted: string): string {
    let value: string;
    try {
      value = String(JSON.parse(quoted));
    } catch {
      throw this.#refusal('malformed_json');
    }
    if (value.includes('\0')) throw this.#refusal('malformed_unicode', 'U+0000 is no character of a text.');
    if (!value.isWellFormed()) throw this.#refusal('malformed_unicode');
    return value;
  }

  #number(): number {
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text);
    if (found === null) throw this.#refusal('malformed_json');
    const value = Number(found[0]);
    const plain = found[1] === undefined && found[2] === undefined;
    // 1e2, 1.0, 1e999 and -0 would each be another number to some other reader, and so would an integer past 2^53.
    const kept = plain ? Number.isSafeInteger(value) && !Object.is(value, -0) : !Number.isInteger(value);
    if (!kept || !Number.isFinite(value)) {
      throw this.#refusal('malformed_json', 'A number is too large, or not in its plain form.');
    }
    this.#at = NUMBER.lastIndex;
    return value;
  }

  #word<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) throw this.#refusal('malformed_json');
    this.#at += word.length;
    return value;
  }

  /** Whether this character stands next, which is then behind us. */
  #next(character: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #space(): void {
    for (;;) {
      const unit = this.#text[this.#at];
      if (unit !== ' ' && unit !== '\n' && unit !== '\t' && unit !== '\r') return;
      this.#at += 1;
    }
  }

  #refusal(code: ErrorCode, detail?: string): Refusal {
    return new Refusal(code, detail === undefined ? {} : { detail });
  }
}
