import { writeFileSync } from 'node:fs';

// Loaded into a server before its own program. On SIGWINCH it collects all garbage and gives back the pages that held it,
// so that what is left is what the server needs, and writes down how many bytes of that are JavaScript.
const { gc } = globalThis;
const file = process.env['MEMORY_FILE'];
if (gc === undefined || file === undefined) throw new Error('needs --expose-gc and MEMORY_FILE');
process.on('SIGWINCH', () => {
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  writeFileSync(file, String(process.memoryUsage().heapUsed));
});
