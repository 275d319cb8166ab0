import { type Person, startServer, type TestServer } from '@rill/harness';
import type { Room } from '@rill/protocol';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A server with people in it who have been talking, in Chinese and in English. */
export interface Stage {
  readonly server: TestServer;
  readonly owner: Person;
  readonly people: Readonly<Record<'lin' | 'ada' | 'chen' | 'omar' | 'yuki' | 'noor', Person>>;
  readonly rooms: Readonly<Record<'general' | 'design' | 'release' | 'quiet' | 'archive' | 'strange', Room>>;
  readonly direct: Room;
  /** Moves the server's clock: ms from now. */
  readonly shift: (ms: number) => void;
}

/** Starts the server and lets the days before today happen. */
export async function setStage(): Promise<Stage> {
  let shift = -2 * DAY;
  const server = await startServer({
    clock: { now: () => Date.now() + shift },
    env: {
      NAME: 'Riverside',
      LIMIT_SENDS_PER_SECOND: '1000',
      LIMIT_SEND_BURST: '10000',
      LIMIT_ROOM_SENDS_PER_SECOND: '10000',
    },
  });
  const owner = await server.owner({ username: 'mei', displayName: '林美' });
  const join = (username: string, displayName: string) => server.person({ username, displayName });
  const people = {
    lin: await join('linxiao', '林晓'),
    ada: await join('ada', 'Ada Whitfield'),
    chen: await join('chenmo', '陈默'),
    omar: await join('omar', 'عمر الخطيب'),
    yuki: await join('yuki', '佐藤ゆき'),
    noor: await join('noor', 'Noor Bakker'),
  };
  const others = Object.values(people).map((person) => person.id);
  const make = (kind: 'open' | 'closed', name: string, topic = '', members = others) =>
    owner.post<Room>('/rooms', { kind, name, topic, members });
  const rooms = {
    general: await make('open', '大厅', '大家都在这里 · For everybody here'),
    design: await make('closed', 'Design review', 'Screens of the autumn release'),
    release: await make('open', '发布 2.4', '发布清单、风险和值班'),
    quiet: await make('open', 'Reading club'),
    archive: await make('open', 'Summer 2025'),
    strange: await make('closed', 'A room whose name is much longer than any column there will ever be for it'),
  };
  const direct = await owner.post<Room>('/rooms', { kind: 'direct', members: [people.lin.id] });

  const talk = async (room: Room, lines: readonly (readonly [Person, string, number?])[]) => {
    for (const [who, text, wait = 1] of lines) {
      shift += wait * MINUTE;
      await who.say(room.id, text);
    }
  };
  const { lin, ada, chen, omar, yuki, noor } = people;
  await talk(rooms.general, [
    [owner, '大家早！新服务器搬好了，以后就在这里聊。'],
    [ada, 'Morning! It is noticeably quicker than the old one.', 3],
    [lin, '确实快，图标也好看了 👍'],
    [chen, '历史消息我下午导进来，大概十二万条。', 12],
    [ada, 'Take your time. The import keeps the original authors, right?'],
    [chen, '对，作者和时间都保留。'],
  ]);
  await talk(rooms.archive, [[noor, 'See you all in September.', 5]]);
  await owner.patch(`/rooms/${rooms.archive.id}`, { archived: true });
  shift = -1 * DAY - 3 * 60 * MINUTE;
  await talk(rooms.design, [
    [noor, 'I put the new empty states in the shared folder. Three of them still need words.'],
    [owner, '我来写中文的，Ada 写英文？', 4],
    [ada, 'Yes. By when?'],
    [owner, '明天中午之前就行。'],
    [
      noor,
      'Contrast on the banner is 4.6:1 now, it was 3.9:1 before. Details: https://example.org/contrast?from=banner',
      25,
    ],
    [yuki, '確認しました。ダークモードも良いですね。', 2],
    [omar, 'شكراً نور، الآن يقرأ جيداً على الهاتف أيضاً.', 6],
  ]);
  await talk(rooms.quiet, [[yuki, '今月は「断片的なものの社会学」を読みます。', 9]]);
  await talk(rooms.strange, [
    [noor, '🎉'],
    [ada, 'https://example.org/' + 'a-very-long-path-without-a-single-space-in-it/'.repeat(6)],
    [
      chen,
      '```\nfor (const room of rooms) {\n  await room.open(); // 每个房间都要等它打开，这一行写得特别长，长到必须横向滚动才能看完为止，不应该把版面撑破\n}\n```',
    ],
    [omar, 'مرحباً، العدد 42 والرابط https://example.org/ في وسط الجملة، ثم النهاية.'],
    [yuki, `${'長い文章です。'.repeat(160)}`],
  ]);
  shift = -150 * MINUTE;
  await talk(rooms.general, [
    [noor, 'Is anybody else seeing the tray icon vanish on Windows?'],
    [omar, 'Only after sleep. Restarting the app helps.', 2],
    [chen, '导入完成：120,000 条，用了 38 秒。', 14],
    [chen, '随便翻到最早那条，和翻最新的一样快。'],
    [ada, '38 seconds?! I was about to make tea.', 1],
    [lin, '😂'],
    [lin, '那今天的站会改到 15:30 可以吗？我这边有个面试。', 22],
    [owner, '可以。'],
    [ada, 'Works for me.'],
  ]);
  await talk(rooms.release, [
    [lin, '发布清单更新了：数据库迁移、灰度 5%、回滚演练。', 3],
    [chen, '回滚脚本：\n```sh\nbin/release rollback --to 2.3.9 --keep-data\n```\n已经在预发环境试过两遍。', 4],
    [owner, '值班表谁来排？', 11],
    [lin, '我来。周五给大家。'],
  ]);
  await talk(direct, [
    [lin, '下午的评审你来主持吗？', 4],
    [owner, '我来，你先把问题列一下。', 2],
    [lin, '好，列在文档里了，第三点需要你定。'],
  ]);
  shift = 0;
  return { server, owner, people, rooms, direct, shift: (ms) => (shift = ms) };
}
