import { signal } from '@preact/signals';

/** What is open over everything. */
export const opened = signal<'switcher' | 'keys' | 'sign-out' | undefined>(undefined);
