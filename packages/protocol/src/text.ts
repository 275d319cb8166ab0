/** How many code points a text has: what every limit on text counts. */
export function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdbff || at + 1 >= text.length) count += 1;
    else {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next <= 0xdfff) at += 1;
      count += 1;
    }
  }
  return count;
}

// Letters of nothing: white space, controls, format characters, and marks that stand on no letter.
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]/u;

/** Whether a reader would see anything at all: a text of white space and zero-width characters is empty. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}
