/** What can be said of a failure before its code is worded; `unknown` stands for a code of a newer server. */
export const errors = {
  unknown: 'The server refused this, for a reason this page does not know yet.',
  network: 'The server could not be reached.',
  discarded: 'It was discarded.',
  wait: (seconds: number) => `Wait ${seconds} s, then try again.`,
};
