export { launchBrowser } from './browser.ts';
export { type ClusterNode, startCluster, type TestCluster, type TestClusterOptions } from './cluster.ts';
export { type Line, openLine } from './line.ts';
export { type Answer, ask, newNonce, PASSWORD, type Person, type Registering, register, signIn } from './person.ts';
export { type Proxy, type ProxyTarget, startProxy } from './proxy.ts';
export { startRedis, type TestRedis, type TestRedisOptions } from './redis.ts';
export { until } from './until.ts';
export { startServer, TEST_ENV, type TestServer, type TestServerOptions } from './server.ts';
export { type ServerProcess, type ServerProcessOptions, StartFailed, startServerProcess } from './server-process.ts';
