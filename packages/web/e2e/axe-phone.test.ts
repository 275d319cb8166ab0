import { findNothing } from './axe.ts';

findNothing({ size: 'phone', theme: 'dark', locale: 'zh-CN' }, 1);
