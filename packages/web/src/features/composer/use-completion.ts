import { type RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Writer } from './candidates.ts';
import type * as Completing from './completion.ts';
import type { Candidate } from './completion.ts';
import { type Token, tokenAt } from './token.ts';

interface CompletionOptions {
  writer: Writer;
  area: RefObject<HTMLTextAreaElement | null>;
  write: (text: string) => void;
}

/** Offers people for @ and rooms for #. One mechanism: what comes later (emoji, commands) is one more sign. */
export function useCompletion({ writer, area, write }: CompletionOptions) {
  const [token, setToken] = useState<Token>();
  const [at, setAt] = useState(0);
  // How names are matched is loaded with the first @ or #.
  const [completing, setCompleting] = useState<typeof Completing>();
  const candidates = token === undefined || completing === undefined ? [] : completing.candidates(token, writer);
  const close = () => setToken(undefined);

  const choose = (candidate: Candidate | undefined) => {
    const element = area.current;
    if (candidate === undefined || token === undefined || completing === undefined || element === null) return;
    const { text, caret } = completing.completed(element.value, token, candidate);
    write(text);
    close();
    // The caret is set once the text is there.
    requestAnimationFrame(() => {
      element.focus({ preventScroll: true });
      element.setSelectionRange(caret, caret);
    });
  };

  return {
    token,
    candidates,
    at,
    choose,
    close,
    /** After each change of the text or the caret. */
    look() {
      const element = area.current;
      if (element === null) return;
      const found =
        element.selectionStart === element.selectionEnd ? tokenAt(element.value, element.selectionStart) : undefined;
      setToken(found);
      if (found !== undefined && completing === undefined) {
        // Without it one writes the name oneself.
        void import('./completion.ts').then((loaded) => setCompleting(loaded)).catch(() => {});
      }
      setAt(0);
    },
    /** Whether the key was for the list. */
    press(event: KeyboardEvent): boolean {
      if (candidates.length === 0) return false;
      switch (event.key) {
        case 'ArrowDown':
          setAt((at + 1) % candidates.length);
          return true;
        case 'ArrowUp':
          setAt((at - 1 + candidates.length) % candidates.length);
          return true;
        case 'Enter':
        case 'Tab':
          if (event.shiftKey) return false;
          choose(candidates[at]);
          return true;
        case 'Escape':
          close();
          return true;
        default:
          return false;
      }
    },
  };
}
