import { LIMITS } from '@rill/protocol';
import { type AppSettings, createApp, type Parts } from '../packages/server/src/app.ts';
import { createLog } from '../packages/server/src/log.ts';
import { createMetrics } from '../packages/server/src/metrics.ts';

/** As much of an OpenAPI document as the table of calls needs. */
export interface Api {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Call>>>>;
}
export interface Call {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Body }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}
export interface Body {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** The API's description as a running server gives it, from an app that answers nothing. */
export async function describe(): Promise<Api> {
  const quiet = { log: createLog('silent'), metrics: createMetrics(), live: async () => {} };
  // Routes reach for the other parts only when they answer.
  const parts = new Proxy(quiet, { get: (target, name) => Reflect.get(target, name) ?? {} }) as unknown as Parts;
  const settings: AppSettings = {
    limits: LIMITS,
    trustProxy: false,
    publicUrl: undefined,
    origins: [],
    metricsToken: undefined,
    webRoot: 'none',
  };
  const app = await createApp(parts, settings);
  await app.ready();
  const document = JSON.parse(JSON.stringify(app.swagger())) as Api;
  await app.close();
  return document;
}
