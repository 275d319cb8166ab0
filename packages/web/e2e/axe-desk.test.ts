import { findNothing } from './axe.ts';

findNothing({ size: 'desk', theme: 'light', locale: 'en' }, 0);
