import { randomBytes } from 'node:crypto';
import type { Message, Room } from '@rill/protocol';
import { type Person, startServer, type TestServer, type TestServerOptions } from '@rill/harness';

/** A closed room, who is in it, who was, who never was; and what none but its members may ever receive. */
export interface Scene {
  readonly server: TestServer;
  readonly owner: Person;
  readonly member: Person;
  /** Was a member, and was removed. */
  readonly removed: Person;
  /** Never a member. */
  readonly outsider: Person;
  readonly room: Room;
  readonly message: Message;
  readonly canary: string;
  stop(): Promise<void>;
}

/** Starts a server with people in it. */
export async function setScene(options: TestServerOptions = {}): Promise<Scene> {
  const server = await startServer({
    ...options,
    env: {
      LIMIT_REQUESTS_PER_MINUTE: '10000000',
      LIMIT_SENDS_PER_SECOND: '10000',
      LIMIT_SEND_BURST: '100000',
      LIMIT_ROOM_SENDS_PER_SECOND: '100000',
      ...options.env,
    },
  });
  const owner = await server.owner();
  const [member, removed, outsider] = await Promise.all([server.person(), server.person(), server.person()]);
  const canary = `cnry-${randomBytes(16).toString('hex')}`;
  const room = await owner.makeRoom({ name: `Room ${canary}`, topic: canary, members: [member.id, removed.id] });
  const message = await owner.say(room.id, `Between us: ${canary}`);
  await member.say(room.id, `Indeed: ${canary}`);
  await owner.patch(`/rooms/${room.id}/messages/${message.seq}`, { text: `Between us only: ${canary}` });
  await owner.delete(`/rooms/${room.id}/members/${removed.id}`);
  return { server, owner, member, removed, outsider, room, message, canary, stop: () => server.stop() };
}
