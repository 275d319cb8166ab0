export { type ManualClock, manualClock } from './testing/clock.ts';
export { seeded } from './testing/random.ts';
export { FakeRoom } from './testing/room.ts';
export { type FakePerson, FakeServer, type FakeServerOptions, type Mischief } from './testing/server.ts';
