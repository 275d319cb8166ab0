/** Somebody must act · worth knowing · only when looking closely. */
export type LogLevel = 'error' | 'info' | 'debug';

/** One way in which a request can fail: the same over REST and over the socket. */
export interface Failure {
  /** HTTP status. */
  readonly status: number;
  /** A sentence a person can act on. */
  readonly en: string;
  readonly zh: string;
  /** Whether the very same request may succeed later. */
  readonly retry: boolean;
  readonly level: LogLevel;
}

const failure = (status: number, en: string, zh: string, more: Partial<Failure> = {}): Failure => ({
  status,
  en,
  zh,
  retry: status === 408 || status === 429 || status >= 500,
  level: status >= 500 ? 'error' : 'debug',
  ...more,
});

/** Every error there is. The code is stable: clients act on it and word it in their reader's language. */
export const ERRORS = {
  // What was sent
  bad_request: failure(400, 'The request is not of the form this address takes.', '请求的格式不正确。'),
  malformed_json: failure(400, 'The body is not valid JSON.', '请求内容不是有效的 JSON。'),
  malformed_unicode: failure(
    400,
    'The text holds bytes that are not valid Unicode.',
    '文本中含有无效的 Unicode 字符。',
  ),
  duplicate_key: failure(400, 'The JSON names a field twice.', 'JSON 中有重复的字段。'),
  too_deep: failure(400, 'The JSON is nested too deeply.', 'JSON 嵌套过深。'),
  empty_text: failure(400, 'Write something first: the message is empty.', '消息不能为空。'),
  unsupported_media_type: failure(
    415,
    'Send the body as application/json in UTF-8.',
    '请以 UTF-8 编码的 application/json 发送。',
  ),
  body_too_large: failure(413, 'The request is larger than this server takes.', '请求内容过大。'),
  text_too_long: failure(413, 'The message is longer than this server takes.', '消息过长。'),
  headers_too_large: failure(431, 'The headers are larger than this server takes.', '请求头过大。'),
  uri_too_long: failure(414, 'The address is longer than this server takes.', '请求地址过长。'),
  method_not_allowed: failure(405, 'This address does not take that method.', '该地址不支持此请求方法。'),
  upgrade_required: failure(
    426,
    'This address speaks WebSocket (RFC 6455, version 13).',
    '该地址只支持 WebSocket 连接。',
  ),
  request_timeout: failure(408, 'The request took too long to arrive.', '请求超时。', { level: 'debug' }),
  not_found: failure(404, 'There is nothing here, or it is not for you to see.', '内容不存在，或你无权查看。'),
  // Who asks
  unauthenticated: failure(401, 'Sign in first.', '请先登录。'),
  wrong_credentials: failure(401, 'The username or the password is wrong.', '用户名或密码错误。'),
  origin_refused: failure(
    403,
    'This page may not talk to this server; set ORIGINS if it should.',
    '此来源的页面不能访问该服务器。',
  ),
  forbidden: failure(403, 'You may not do this.', '你没有权限执行此操作。'),
  owner_code_required: failure(
    403,
    'This server waits for its owner: register with the one-time code it printed.',
    '服务器正在等待所有者：请使用启动时显示的一次性验证码注册。',
  ),
  registration_closed: failure(403, 'This server takes no new accounts.', '该服务器未开放注册。'),
  invite_required: failure(
    403,
    'Registration is by invite: ask someone here for a link.',
    '注册需要邀请，请向成员索取邀请链接。',
  ),
  invite_spent: failure(410, 'This invite is used up, expired or withdrawn.', '该邀请已用完、过期或被撤销。'),
  reset_spent: failure(
    410,
    'This link was used already or has expired: ask for a new one.',
    '该链接已使用或已过期，请重新索取。',
  ),
  // Accounts
  name_taken: failure(409, 'This username is taken.', '该用户名已被占用。'),
  name_invalid: failure(
    400,
    'A username has 2 to 32 letters, digits, dots, dashes or underscores.',
    '用户名须为 2–32 个文字、数字、点、短横线或下划线。',
  ),
  display_name_invalid: failure(
    400,
    'This name has characters that cannot be shown, or is too long.',
    '该名称含有无法显示的字符或过长。',
  ),
  password_too_short: failure(400, 'Choose a password of 10 characters or more.', '密码至少需要 10 个字符。'),
  password_too_long: failure(400, 'The password is longer than 1,024 bytes.', '密码超过 1024 字节。'),
  password_too_common: failure(400, 'This password is easy to guess; choose another.', '该密码过于常见，请换一个。'),
  // Rooms
  last_owner: failure(
    409,
    'A room needs an owner: make somebody else one first.',
    '房间必须有所有者，请先指定其他所有者。',
  ),
  direct_fixed: failure(
    409,
    'The people of a direct conversation do not change; start another.',
    '私聊成员不可更改，请另建会话。',
  ),
  room_archived: failure(409, 'This room is archived: it can be read, not changed.', '房间已归档，只能查看。'),
  room_full: failure(409, 'This room has as many members as it may.', '房间人数已满。'),
  too_many_rooms: failure(409, 'You are in as many rooms as you may be.', '你加入的房间数已达上限。'),
  moved_on: failure(409, 'Somebody changed this since you looked; look again.', '内容已被更改，请刷新后再试。'),
  muted: failure(403, 'You are muted in this room for now.', '你在此房间已被禁言。'),
  // Messages
  nonce_reused: failure(422, 'This nonce was already used for something else.', '此随机标识已用于其他内容。'),
  not_author: failure(403, 'Only the author may do this.', '只有作者可以执行此操作。'),
  edit_closed: failure(403, 'The time for editing this message is over.', '已超过可编辑的时间。'),
  too_many_edits: failure(429, 'This message was edited as often as it may be.', '编辑次数已达上限。', {
    retry: false,
  }),
  recall_closed: failure(403, 'The time for recalling this message is over.', '已超过可撤回的时间。'),
  message_gone: failure(409, 'This message was recalled or removed.', '该消息已被撤回或移除。'),
  cursor_too_old: failure(
    410,
    'This position is from another time: load the room anew.',
    '该位置已失效，请重新加载房间。',
  ),
  stream_ended: failure(410, 'This event stream has ended: open another.', '此事件流已结束，请重新打开。'),
  // How much
  rate_limited: failure(429, 'Too much at once: wait as long as Retry-After says.', '操作过于频繁，请稍后再试。'),
  too_many_sockets: failure(429, 'Too many connections: close one, or wait.', '连接数过多，请关闭一些或稍后再试。'),
  // What is down
  unavailable: failure(
    503,
    'The server cannot store or read now; try again shortly.',
    '服务器暂时不可用，请稍后再试。',
  ),
  outcome_unknown: failure(
    503,
    'It is not certain that this was stored; try again with the same nonce.',
    '无法确认是否已保存，请用相同标识重试。',
  ),
  storage_full: failure(
    503,
    'The server has no room for more; tell its administrator.',
    '服务器存储已满，请联系管理员。',
  ),
  overloaded: failure(503, 'The server has too much to do; try again shortly.', '服务器繁忙，请稍后再试。'),
  internal: failure(500, 'Something broke on our side; it was noted.', '服务器内部错误，已记录。', { retry: false }),
} as const satisfies Record<string, Failure>;

export type ErrorCode = keyof typeof ERRORS;

/** Whether a string is a code of this catalogue: a newer server may send others. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
