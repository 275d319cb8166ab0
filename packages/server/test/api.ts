import { newNonce, type Person } from '@rill/harness';
import type { Scene } from './people.ts';

/** One operation of the API, as its own description has it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces, under `/api/v1`. */
  readonly path: string;
  readonly isPublic: boolean;
  readonly body: object | undefined;
}

interface Description {
  readonly paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        security?: unknown[];
        requestBody?: { content: { 'application/json': { schema: object } } };
      }
    >
  >;
}

/** What `/openapi.json` says, whole. */
export async function describe(
  url: string,
): Promise<Description & { components: { schemas: Record<string, object> } }> {
  const answer = await fetch(`${url}/openapi.json`);
  // The description of our own server; the tests of it are what checks it.
  return (await answer.json()) as Description & { components: { schemas: Record<string, object> } };
}

const PREFIX = '/api/v1';

/** Every operation under `/api/v1`. */
export async function operations(url: string): Promise<Operation[]> {
  const { paths } = await describe(url);
  return Object.entries(paths).flatMap(([path, methods]) =>
    path.startsWith(PREFIX)
      ? Object.entries(methods).map(([method, { operationId, security, requestBody }]) => ({
          id: operationId,
          method: method.toUpperCase(),
          path: path.slice(PREFIX.length),
          isPublic: security?.length === 0,
          body: requestBody?.content['application/json'].schema,
        }))
      : [],
  );
}

/** The path of an operation with its parameters filled in. */
export function fill(path: string, values: Readonly<Record<string, string | number>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}} in ${path}`);
    return encodeURIComponent(value);
  });
}

/** A body that an operation takes, of somebody who may. An operation with a body that is not here is an error. */
export function validBody(id: string, scene: Scene, asker?: Person): unknown {
  const other = asker?.id === scene.member.id ? scene.owner : scene.member;
  const bodies: Readonly<Record<string, () => unknown>> = {
    register: () => ({ username: `new-${newNonce()}`, password: 'correct horse battery staple' }),
    checkRegistration: () => ({}),
    login: () => ({ username: scene.member.username, password: scene.member.password }),
    reset: () => ({ code: 'nothing', newPassword: 'correct horse battery staple' }),
    changeMe: () => ({ displayName: 'Somebody' }),
    changePassword: () => ({ password: 'wrong horse battery staple', newPassword: 'another horse battery staple' }),
    changeUser: () => ({ status: 'active' }),
    makeInvite: () => ({ uses: 1 }),
    changeSettings: () => ({ name: 'Rill' }),
    makeRoom: () => ({ kind: 'closed', name: 'Another room', members: [other.id] }),
    changeRoom: () => ({ topic: `Changed. ${scene.canary}` }),
    read: () => ({ seq: 1 }),
    changeMember: () => ({ involvement: 'everything' }),
    send: () => ({ nonce: newNonce(), text: 'a text' }),
    edit: () => ({ text: 'another text' }),
    remove: () => ({ reason: 'because' }),
    liveFrames: () => ({ stream: `${'0'.repeat(16)}.${'a'.repeat(22)}`, frames: [{ type: 'ping', ref: 'p' }] }),
    import: () => ({ messages: [{ nonce: newNonce(), name: 'Ada', at: '2009-01-01T00:00:00.000Z', text: 'old' }] }),
  };
  const body = bodies[id];
  if (body === undefined) throw new Error(`test/api.ts has no valid body for the operation ${id}`);
  return body();
}
