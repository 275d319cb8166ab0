/**
 * Every default limit with its unit. A server may run with other values: what it really holds to is in
 * `GET /api/v1/server`, and a client reads it from there.
 */
export const LIMITS = {
  /** Code points of a message's text. */
  messageLength: 12_000,
  /** Bytes of a JSON body or frame: 12,000 emoji, escaped. */
  bodyBytes: 163_840,
  /** Nesting of a JSON body or frame. */
  jsonDepth: 32,
  usernameMin: 2,
  usernameMax: 32,
  displayNameMax: 64,
  roomNameMax: 80,
  topicMax: 1_024,
  /** Code points of the reason given for a removal. */
  reasonMax: 256,
  membersPerRoom: 100_000,
  roomsPerUser: 1_000,
  /** People in one direct room, its maker included. */
  directMembers: 20,
  /** Seconds after sending in which the author may edit. */
  editSeconds: 86_400,
  editsPerMessage: 20,
  /** Seconds after sending in which the author may recall; a room may set its own. */
  recallSeconds: 120,
  /** Seconds for which the author's own client offers a recalled text again. */
  reEditSeconds: 300,
  pageDefault: 50,
  pageMax: 200,
  /** Events of one answer of the feed. */
  feedMax: 256,
  nonceMax: 64,
  /** Messages a second a user, sustained; and how many may come at once. */
  sendsPerSecond: 5,
  sendBurst: 20,
  /** Messages a second in one room, all senders together. */
  roomSendsPerSecond: 30,
  framesPerSecond: 20,
  frameBurst: 100,
  socketsPerUser: 20,
  /** Sockets of one address that have not said hello yet. */
  pendingSocketsPerAddress: 20,
  helloSeconds: 10,
  /** Cursors in one hello. */
  cursorsPerHello: 1_000,
  /** HTTP requests a minute an address, all kinds together. */
  requestsPerMinute: 6_000,
  /** New accounts an hour an address. */
  registrationsPerHour: 10,
  /** Sign-in attempts a minute for one account from one address, and for one address in all. */
  loginsPerMinute: 5,
  loginsPerAddressMinute: 30,
  passwordMin: 10,
  passwordMaxBytes: 1_024,
  sessionIdleDays: 30,
  sessionMaxDays: 90,
  inviteDays: 7,
  inviteUsesMax: 1_000,
  resetHours: 24,
  typingEverySeconds: 3,
  typingShownSeconds: 6,
  presenceEverySeconds: 25,
  presenceGoneSeconds: 60,
  presenceAwaySeconds: 300,
  pingSeconds: 25,
  pongSeconds: 10,
  /** Lines of one import request. */
  importLines: 500,
} as const;

/** Frames that one request may carry beside an event stream. */
export const FRAMES_PER_REQUEST = 64;

/** The same names with whatever numbers a server runs with. */
export type Limits = { readonly [Name in keyof typeof LIMITS]: number };
