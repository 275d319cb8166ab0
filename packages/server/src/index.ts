export { type Clock, systemClock } from './clock.ts';
export { type Env, readEnv, WrongSettings } from './env.ts';
export { createLog } from './log.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
export { readLibrary } from './store/functions.ts';
export { openRedis, type RedisDoor } from './store/redis.ts';
