/** What somebody does with messages by keys and by selecting: none of it is needed before the first screen stands. */
export { copyText } from '../../platform/clipboard.ts';
export { cleanCopy } from './clean-copy.ts';
export { moveIn } from './moving.ts';
