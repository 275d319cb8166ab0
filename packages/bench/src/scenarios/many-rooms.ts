import { compare } from '../compare.ts';
import { atLeast, type Scale, type Scenario } from '../scenario.ts';

const SOCKETS_A_PERSON = 5;
const ROOMS_A_PERSON = 5;

/** 500 rooms, each of four people with five sockets; everybody is in five rooms. */
function manyRooms({ of, seconds }: Scale) {
  const rooms = of(500);
  const wanted = Array.from({ length: of(2_000) }, (_, at) => {
    const person = Math.floor(at / SOCKETS_A_PERSON);
    return Array.from({ length: ROOMS_A_PERSON }, (__, room) => (person * ROOMS_A_PERSON + room * 101) % rooms);
  });
  const speaking = of(200);
  return { listeners: wanted.slice(speaking), speakers: wanted.slice(0, speaking), rooms, seconds, watching: 0 };
}

const scenario = (name: string, rate: number | undefined): Scenario => ({
  name,
  async run(scale) {
    const { rill, figures } = await compare({ ...manyRooms(scale), rate });
    return { figures, bars: [atLeast(2, 'deliveries a CPU-second, by Socket.IO', rill.timesSocketIo)] };
  },
});

export const quietRooms = scenario('many rooms at 200/s', 200);
export const busyRooms = scenario('many rooms at full speed', undefined);
