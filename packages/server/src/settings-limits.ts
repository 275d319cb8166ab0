import type { LIMITS } from '@rill/protocol';

type LimitName = keyof typeof LIMITS;

/** What a limit says, in a sentence, and between which numbers it may be set. */
interface LimitSetting {
  readonly says: string;
  readonly min: number;
  readonly max: number;
}

const limit = (says: string, min: number, max: number): LimitSetting => ({ says, min, max });
const DAY = 86_400;

/** Every limit of the protocol as a setting of the environment. */
export const LIMIT_SETTINGS: Readonly<Record<LimitName, LimitSetting>> = {
  messageLength: limit("Code points of a message's text.", 1, 100_000),
  bodyBytes: limit('Bytes of a JSON body or frame.', 1_024, 16_777_216),
  jsonDepth: limit('Nesting of a JSON body or frame.', 8, 128),
  usernameMin: limit('Shortest username, in code points.', 1, 32),
  usernameMax: limit('Longest username, in code points.', 2, 64),
  displayNameMax: limit('Longest display name, in code points.', 1, 256),
  roomNameMax: limit('Longest name of a room, in code points.', 1, 256),
  topicMax: limit('Longest topic of a room, in code points.', 0, 8_192),
  reasonMax: limit('Longest reason for removing a message, in code points.', 0, 2_048),
  membersPerRoom: limit('Members of one room.', 2, 1_000_000),
  roomsPerUser: limit('Rooms of one user.', 1, 10_000),
  directMembers: limit('People in one direct room, its maker included.', 2, 100),
  editSeconds: limit('Seconds after sending in which the author may edit.', 0, 3_650 * DAY),
  editsPerMessage: limit('How often a message may be edited.', 0, 1_000),
  recallSeconds: limit(
    'Seconds after sending in which the author may recall, unless the room says otherwise.',
    0,
    3_650 * DAY,
  ),
  reEditSeconds: limit("Seconds for which the author's client offers a recalled text again.", 0, DAY),
  pageDefault: limit('Messages of a page that names no limit.', 1, 1_000),
  pageMax: limit('Messages of a page at most.', 1, 1_000),
  feedMax: limit('Events of one answer of the feed at most.', 1, 4_096),
  nonceMax: limit('Longest nonce, in characters.', 8, 64),
  sendsPerSecond: limit('Messages a second a user may go on sending.', 1, 100_000),
  sendBurst: limit('Messages a user may send at once.', 1, 1_000_000),
  roomSendsPerSecond: limit('Messages a second in one room, all senders together.', 1, 100_000),
  framesPerSecond: limit('Frames a second a socket may go on sending.', 1, 100_000),
  frameBurst: limit('Frames a socket may send at once.', 1, 1_000_000),
  socketsPerUser: limit('Sockets of one user.', 1, 100_000),
  pendingSocketsPerAddress: limit('Sockets of one address that have not said hello yet.', 1, 100_000),
  helloSeconds: limit('Seconds in which a new socket must say hello.', 1, 300),
  cursorsPerHello: limit('Cursors in one hello.', 1, 10_000),
  requestsPerMinute: limit('HTTP requests a minute from one address, all kinds together.', 60, 100_000_000),
  registrationsPerHour: limit('New accounts an hour from one address.', 1, 1_000_000),
  loginsPerMinute: limit('Attempts a minute to sign in to one account from one address.', 1, 1_000_000),
  loginsPerAddressMinute: limit('Attempts a minute to sign in from one address.', 1, 1_000_000),
  passwordMin: limit('Shortest password, in characters.', 8, 128),
  passwordMaxBytes: limit('Longest password, in bytes.', 64, 4_096),
  sessionIdleDays: limit('Days after which an unused session ends.', 1, 3_650),
  sessionMaxDays: limit('Days after which any session ends.', 1, 3_650),
  inviteDays: limit('Days for which an invite holds.', 1, 365),
  inviteUsesMax: limit('How many people one invite may bring in.', 1, 1_000_000),
  resetHours: limit('Hours for which a link to a new password holds.', 1, 720),
  typingEverySeconds: limit('Seconds between two signals that somebody types.', 1, 60),
  typingShownSeconds: limit('Seconds for which typing is shown.', 1, 120),
  presenceEverySeconds: limit('Seconds between two signs of presence.', 1, 600),
  presenceGoneSeconds: limit('Seconds of silence after which somebody is offline.', 2, 3_600),
  presenceAwaySeconds: limit('Seconds of idleness after which somebody is away.', 1, DAY),
  pingSeconds: limit('Seconds between two pings of a socket.', 1, 600),
  pongSeconds: limit('Seconds in which a ping must be answered.', 1, 120),
  importLines: limit('Lines of one import request.', 1, 5_000),
};

/** `messageLength` → `LIMIT_MESSAGE_LENGTH`. */
export function limitVariable(name: LimitName): string {
  return `LIMIT_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Limits that make no sense together, as sentences. */
export function limitsAtOdds(limits: Readonly<Record<LimitName, number>>): string[] {
  const pairs: readonly (readonly [LimitName, LimitName])[] = [
    ['usernameMin', 'usernameMax'],
    ['pageDefault', 'pageMax'],
    ['sessionIdleDays', 'sessionMaxDays'],
    ['loginsPerMinute', 'loginsPerAddressMinute'],
    ['typingEverySeconds', 'typingShownSeconds'],
    ['presenceEverySeconds', 'presenceGoneSeconds'],
  ];
  return pairs
    .filter(([less, more]) => limits[less] > limits[more])
    .map(
      ([less, more]) =>
        `${limitVariable(less)} is ${limits[less]}, more than ${limitVariable(more)} (${limits[more]}).`,
    );
}
