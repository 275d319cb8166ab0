const FORM = /^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/;

/** Whether it is a name of the IANA time zone database that this server knows. */
export function isTimeZone(name: string): boolean {
  if (!FORM.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
