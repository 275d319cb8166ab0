import { parseArgs } from 'node:util';
import { readCommandLine } from '@rill/harness/command-line';
import type { RoomId, ServerInfo } from '@rill/protocol';
import { createApi } from './api.ts';
import { importLines } from './pour.ts';
import { createProgress } from './progress.ts';
import { readLines } from './talk.ts';

const HELP = `Brings a conversation from elsewhere into a room, with its own writers and times, marked as imported.

  npm run import -- --file talk.ndjson --room <id> [--url http://127.0.0.1:8080] [--token …]

  --file    one JSON object a line, .gz or not: {"name": "Ada", "at": "2004-12-25T09:14:00Z", "text": "…"}
            in the order of the conversation; "user" may stand for "name"
  --room    the room's id: the last part of its address
  --url     where the server is
  --token   a session of the server's owner; better as RILL_TOKEN, where other people of this machine do not see it
            to get one: curl -H 'content-type: application/json' -d '{"username": "…", "password": "…"}' <url>/api/v1/login

A name that is somebody's username here becomes that user; all others keep their names as they were.
What broke off can be begun again with the same file: lines that are there already are not brought twice.
`;

const { file, room, url, token } = readCommandLine(HELP, () => {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      room: { type: 'string' },
      url: { type: 'string', default: 'http://127.0.0.1:8080' },
      token: { type: 'string', default: process.env.RILL_TOKEN ?? '' },
    },
  });
  const { file, room, token } = values;
  if (file === undefined || room === undefined || token === '') throw new Error('It takes a file, a room and a token.');
  return { ...values, file, room };
});

try {
  // Read twice: a line that is none is found before the first is brought.
  let total = 0;
  for await (const _ of readLines(file)) total += 1;
  const api = createApi(url, token);
  const { limits } = await api.get<ServerInfo>('/server');
  const progress = createProgress('import', total);
  // The server checks the id before it is part of anything.
  const { stored, again } = await importLines(api, room as RoomId, readLines(file), {
    batch: Math.min(limits.importLines, 500),
    told: (done) => progress.at(done),
  });
  progress.at(total);
  progress.end();
  console.log(`${stored} messages are new${again > 0 ? `, ${again} were there already` : ''}.`);
} catch (error) {
  console.error(`\nimport: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
