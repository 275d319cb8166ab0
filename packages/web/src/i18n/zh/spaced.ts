const HAN = /[\p{Script=Han}，。、；：！？“”（）]/u;

/** A Chinese sentence with names in it: where a name that is not Chinese meets the sentence stands a space. */
export function spaced(parts: TemplateStringsArray, ...names: readonly string[]): string {
  return parts.reduce((sentence, part, at) => {
    const name = names[at - 1] ?? '';
    return `${join(join(sentence, name), part)}`;
  });
}

function join(before: string, after: string): string {
  const last = [...before].at(-1) ?? '';
  const next = [...after][0] ?? '';
  if (last === '' || next === '' || /\s/.test(last) || /\s/.test(next)) return before + after;
  const meets = HAN.test(last) !== HAN.test(next) && !isMark(last) && !isMark(next);
  return meets ? `${before} ${after}` : before + after;
}

function isMark(sign: string): boolean {
  return /[\p{P}]/u.test(sign);
}
