import type { LaterWords } from '../words.ts';
import { administration } from './administration.ts';
import { members } from './members.ts';
import { settings } from './settings.ts';
import { switcher } from './switcher.ts';

export const later: LaterWords = { administration, members, settings, switcher };
