export { startRedis, type TestRedis, type TestRedisOptions } from './redis.ts';
