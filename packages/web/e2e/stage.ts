import { type Person, startServer, type TestServer } from '@rill/harness';
import type { Room } from '@rill/protocol';
import { makeCrowd } from './crowd.ts';
import { startGallery } from './gallery.ts';
import { UNPACED } from './scene-of-two.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A server with people in it who have been talking, in Chinese and in English. */
export interface Stage {
  readonly server: TestServer;
  readonly owner: Person;
  readonly people: Readonly<Record<'lin' | 'ada' | 'chen' | 'omar' | 'yuki' | 'noor', Person>>;
  /** Somebody who is in one room, as a guest. */
  readonly guest: Person;
  /** Somebody who is in the rooms that a house has, and in no other. */
  readonly neighbour: Person;
  /** Somebody who is in no room yet. */
  readonly newcomer: Person;
  readonly rooms: Readonly<Record<RoomName, Room>>;
  readonly direct: Room;
  /** Another server, whose owner has not come yet. */
  readonly fresh: TestServer;
  /** A third, whose owner has just come: alone, in the one room there is. Who comes here needs an invite. */
  readonly begun: TestServer;
  readonly beginner: Person;
  readonly firstRoom: Room;
  /** A room of 500 members; made when it is first asked for. */
  readonly crowd: () => Promise<Room>;
  /** Where the page of components is; started when it is first asked for. */
  readonly gallery: () => Promise<string>;
  /** Moves the server's clock: ms from now. */
  readonly shift: (ms: number) => void;
  readonly stop: () => Promise<void>;
}

type RoomName =
  | 'general'
  | 'design'
  | 'release'
  | 'quiet'
  | 'archive'
  | 'strange'
  | 'short'
  | 'long'
  | 'first'
  | 'guest'
  | 'doomed';

/** Starts the server and lets the days before today happen. */
export async function setStage(): Promise<Stage> {
  let shift = -2 * DAY;
  const server = await startServer({
    clock: { now: () => Date.now() + shift },
    env: {
      NAME: 'Riverside',
      ...UNPACED,
    },
  });
  const fresh = await startServer({ env: { NAME: 'Rill' } });
  const begun = await startServer({ env: { NAME: '清溪', REGISTRATION: 'invite' } });
  const beginner = await begun.owner({ username: 'mei', displayName: '林美' });
  const firstRoom = await beginner.post<Room>('/rooms', { kind: 'open', name: '大厅', topic: '大家都在这里' });
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
  const guest = await join('gast', 'Maximiliane Freifrau von Hohenstein-Wartenberg und zu Altenburg');
  const neighbour = await join('iris', 'Iris 周');
  const newcomer = await join('xiaoyu', '小雨');
  const others = Object.values(people).map((person) => person.id);
  const known = [...others, neighbour.id];
  const make = (kind: 'open' | 'closed', name: string, topic = '', members = others) =>
    owner.post<Room>('/rooms', { kind, name, topic, members });
  const rooms = {
    general: await make('open', '大厅', '大家都在这里 · For everybody here', known),
    design: await make('closed', 'Design review', 'Screens of the autumn release', known),
    release: await make('open', '发布 2.4', '发布清单、风险和值班', known),
    quiet: await make('open', 'Reading club', '', known),
    archive: await make('open', 'Summer 2025'),
    strange: await make('closed', 'A room whose name is much longer than any column there will ever be for it'),
    short: await make('closed', '只言片语'),
    long: await make('closed', '长文'),
    first: await make('open', 'Welcome', 'For everybody here', []),
    guest: await make('closed', 'Guests', 'What guests may read', [guest.id]),
    doomed: await make('closed', '旧项目'),
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
  await talk(rooms.short, [
    [noor, '🎉'],
    [lin, '😂😂😂', 7],
    [ada, '```\nexport const answer = 42;\n```', 7],
    [chen, '`npm start`', 7],
    [omar, 'https://example.org/', 7],
    [yuki, 'ok', 7],
    [lin, '？', 7],
  ]);
  await talk(rooms.long, [
    [ada, 'The whole report, as one message.'],
    [
      chen,
      Array.from({ length: 240 }, (_, at) => `${at + 1}. 第 ${at + 1} 项：检查、记录、复核，并写明日期与负责人。`)
        .join('\n')
        .slice(0, 12_000),
    ],
    [ada, 'Thank you. I read the first hundred points.', 9],
    [noor, `${'A long paragraph without a break is read as well. '.repeat(230)}`],
    [lin, '收到。', 4],
  ]);
  await talk(rooms.guest, [[owner, 'Guests read here what is new.']]);
  await talk(rooms.doomed, [[chen, '这个项目下周归档。']]);
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
  for (const [who, text] of [
    [lin, '评审材料我放到共享文件夹了，你有空看看。'],
    [ada, 'Lunch at twelve?'],
  ] as const) {
    const between = await who.post<Room>('/rooms', { kind: 'direct', members: [neighbour.id] });
    await talk(between, [[who, text, 5]]);
  }
  const { seq } = await noor.say(rooms.design.id, 'The last thre words are in.');
  await noor.patch(`/rooms/${rooms.design.id}/messages/${seq}`, { text: 'The last three words are in.' });
  shift = 0;

  let crowd: Promise<Room> | undefined;
  let gallery: ReturnType<typeof startGallery> | undefined;
  return {
    server,
    owner,
    people,
    guest,
    neighbour,
    newcomer,
    rooms,
    direct,
    fresh,
    begun,
    beginner,
    firstRoom,
    crowd: () => (crowd ??= makeCrowd(server, owner)),
    gallery: async () => (await (gallery ??= startGallery(server.url))).url,
    shift: (ms) => (shift = ms),
    async stop() {
      await (await gallery)?.stop();
      await begun.stop();
      await fresh.stop();
      await server.stop();
    },
  };
}
