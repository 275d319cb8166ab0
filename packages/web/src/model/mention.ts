/** Before the sign one of these makes it part of an address or a word. */
const WITHIN = /[\w.@#/&-]/;
/** After an ASCII name the sentence may go on in another script at once: `@mei你好`. */
const GOES_ON = { ascii: /^(?:[\w-]|\.\w)/, other: /^[\p{L}\p{M}\w-]/u };

/** Whether a text calls somebody by `@` and their username, in whatever case. Linear in the text. */
export function mentions(text: string, username: string): boolean {
  const sought = `@${username.toLowerCase()}`;
  const within = text.toLowerCase();
  const goesOn = /^[\w.-]+$/.test(username) ? GOES_ON.ascii : GOES_ON.other;
  for (let at = within.indexOf(sought); at !== -1; at = within.indexOf(sought, at + 1)) {
    const end = at + sought.length;
    if (!WITHIN.test(within[at - 1] ?? ' ') && !goesOn.test(within.slice(end, end + 2))) return true;
  }
  return false;
}
