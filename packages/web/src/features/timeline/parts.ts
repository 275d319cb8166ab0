/** A stretch of a message as it is drawn. Nothing of it ever becomes HTML: each is a text node. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'block'; readonly text: string };

const LONGEST_LINK = 2_048;
// Begins only where a word begins, and is ASCII throughout: in Chinese an address ends where the sentence goes on.
const LINK = /(?<![\w/:.@-])https?:\/\/[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~[\]]+/g;
const TAIL = new Set(['.', ',', ';', ':', '!', '?', "'", '*', '_', '~']);

/** Cuts a text into what is drawn: code between fences, code in a line, addresses, and all the rest. Linear. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  const pieces = text.split('```');
  // An even number of fences leaves an odd number of pieces; a fence that nobody closed is text.
  const closed = pieces.length % 2 === 1 ? pieces.length : pieces.length - 1;
  pieces.slice(0, closed).forEach((piece, at) => {
    if (at % 2 === 1) pushBlock(parts, piece);
    else pushLines(parts, trimmedBeside(piece, at > 0, at < closed - 1));
  });
  if (closed < pieces.length) pushLines(parts, `\`\`\`${pieces[closed] ?? ''}`);
  return parts;
}

/** The line break that belongs to a fence is not drawn again as an empty line. */
function trimmedBeside(piece: string, after: boolean, before: boolean): string {
  const start = after && piece.startsWith('\n') ? 1 : 0;
  const end = before && piece.endsWith('\n') && piece.length > start ? piece.length - 1 : piece.length;
  return piece.slice(start, end);
}

function pushBlock(parts: Part[], piece: string): void {
  // The first line may name a language.
  const code = /^[\w+#.-]*\n/.test(piece) ? piece.slice(piece.indexOf('\n') + 1) : piece;
  parts.push({ kind: 'block', text: code.replace(/\n$/, '') });
}

function pushLines(parts: Part[], text: string): void {
  let from = 0;
  for (;;) {
    const open = text.indexOf('`', from);
    const close = open === -1 ? -1 : text.indexOf('`', open + 1);
    const line = open === -1 ? -1 : text.indexOf('\n', open);
    if (open === -1 || close === -1) break;
    const within = close > open + 1 && (line === -1 || close < line);
    if (!within) {
      pushLinks(parts, text.slice(from, open + 1));
      from = open + 1;
      continue;
    }
    pushLinks(parts, text.slice(from, open));
    parts.push({ kind: 'code', text: text.slice(open + 1, close) });
    from = close + 1;
  }
  pushLinks(parts, text.slice(from));
}

function pushLinks(parts: Part[], text: string): void {
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    if (match[0].length > LONGEST_LINK) continue;
    const shown = withoutTail(match[0]);
    const href = hrefOf(shown);
    if (href === undefined) continue;
    pushText(parts, text.slice(from, match.index));
    parts.push({ kind: 'link', text: shown, href });
    from = match.index + shown.length;
  }
  pushText(parts, text.slice(from));
}

function pushText(parts: Part[], text: string): void {
  if (text === '') return;
  const last = parts.at(-1);
  if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text };
  else parts.push({ kind: 'text', text });
}

/** What ends the sentence is not of the address, nor is a bracket that was opened before it. */
function withoutTail(address: string): string {
  const depth: Record<string, number> = { ')': 0, ']': 0 };
  for (const sign of address) {
    if (sign in depth) depth[sign] = (depth[sign] ?? 0) + 1;
    else if (sign === '(') depth[')'] = (depth[')'] ?? 0) - 1;
    else if (sign === '[') depth[']'] = (depth[']'] ?? 0) - 1;
  }
  let end = address.length;
  for (; end > 0; end -= 1) {
    const sign = address[end - 1] ?? '';
    const open = depth[sign];
    if (open !== undefined && open > 0) depth[sign] = open - 1;
    else if (!TAIL.has(sign)) break;
  }
  return address.slice(0, end);
}

/**
 * Where an address may lead: http and https, to a named host or an IPv4 one, written as it will be read. A name in
 * disguise (user@host, punycode) and everything odd stays plain text.
 */
export function hrefOf(address: string): string | undefined {
  if (address.length > LONGEST_LINK) return undefined;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  if (url.hostname === '' || url.hostname.startsWith('[') || /(^|\.)xn--/.test(url.hostname)) return undefined;
  const written = address.slice(address.indexOf('//') + 2).toLowerCase();
  return written.startsWith(url.hostname) ? url.href : undefined;
}

/**
 * One emoji: a flag of two letters, a keycap, a flag of a region, or signs joined into one. Not `\p{RGI_Emoji}`: to
 * compile that takes a browser 50 ms, in the middle of the first screen.
 */
const SIGN =
  /(?!\p{RI})(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Emoji_Modifier_Base}\p{Emoji_Modifier})\p{Emoji_Modifier}?/u
    .source;
const ONE = `(?:\\p{RI}{2}|[#*\\d]\uFE0F\u20E3|${SIGN}(?:[\\u{E0020}-\\u{E007F}]+|(?:\u200D${SIGN})*))`;
const EMOJI = new RegExp(`^(?:${ONE}\\s?){1,3}$`, 'u');

/** One to three emoji and nothing else: they are drawn large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 64 && EMOJI.test(text.trim());
}
