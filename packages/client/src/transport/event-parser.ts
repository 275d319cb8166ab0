/** What a server-sent event says. */
export interface StreamEvent {
  /** `message` where the server named none. */
  readonly name: string;
  readonly data: string;
}

export interface StreamListener {
  event(event: StreamEvent): void;
  /** A line that says nothing but that somebody is there. */
  comment(): void;
}

/** Reads an event stream as the HTML standard has it, from whatever pieces it comes in. Returns what takes a piece. */
export function eventParser(listener: StreamListener): (piece: string) => void {
  let rest = '';
  let name = '';
  let data: string[] = [];

  function line(text: string): void {
    if (text === '') {
      if (data.length > 0) listener.event({ name: name || 'message', data: data.join('\n') });
      name = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) return listener.comment();
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') name = value;
  }

  return (piece) => {
    rest += piece;
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(rest);
      if (end === null) return;
      const text = rest.slice(0, end.index);
      rest = rest.slice(end.index + end[0].length);
      line(text);
    }
  };
}
