import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  LoginBodySchema,
  MeChangeSchema,
  MeSchema,
  PasswordChangeSchema,
  RegisterBodySchema,
  RegisterCheckSchema,
  ResetBodySchema,
  SignedInSchema,
} from '@rill/protocol';
import { Type } from 'typebox';
import type { Accounts } from '../../domain/accounts.ts';
import type { Credentials } from '../credentials.ts';
import { CHANGING, SIGNED_IN } from '../fails.ts';
import { forget, fromOf, handOut } from '../plugins/session.ts';

const tags = ['accounts'];
const PASSWORD = ['password_too_short', 'password_too_long', 'password_too_common'] as const;

/** Registering, signing in and out, one's own account. */
export const accountRoutes =
  (accounts: Accounts, credentials: Credentials): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/register',
      {
        config: {
          public: true,
          fails: [
            ...CHANGING,
            ...PASSWORD,
            'unavailable',
            'name_invalid',
            'name_taken',
            'display_name_invalid',
            'owner_code_required',
            'registration_closed',
            'invite_required',
            'invite_spent',
          ],
        },
        schema: {
          operationId: 'register',
          summary: 'Make an account, and sign in with it',
          description:
            'The first account of a server is its owner and needs the one-time code that the server printed.',
          tags,
          security: [],
          body: RegisterBodySchema,
          response: { 201: SignedInSchema },
        },
      },
      async (request, reply) => {
        const { body } = request;
        if (body.session === 'cookie') credentials.giveCookie(request);
        const signed = await accounts.register(body, fromOf(request));
        reply.code(201);
        return handOut(request, reply, signed, body.session);
      },
    );

    app.post(
      '/register/check',
      {
        config: {
          public: true,
          fails: [
            ...CHANGING,
            'unavailable',
            'owner_code_required',
            'registration_closed',
            'invite_required',
            'invite_spent',
          ],
        },
        schema: {
          operationId: 'checkRegistration',
          summary: 'Ask whether one may register, before anything is written into a form',
          description: 'Refused as registering would be for want of a code, or with one that is spent. Takes nothing.',
          tags,
          security: [],
          body: RegisterCheckSchema,
          response: { 204: Type.Null({ description: 'One may.' }) },
        },
      },
      async (request, reply) => {
        await accounts.mayRegister(request.body, fromOf(request));
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/login',
      {
        config: { public: true, fails: [...CHANGING, 'unavailable', 'wrong_credentials', 'password_too_long'] },
        schema: {
          operationId: 'login',
          summary: 'Sign in',
          description:
            'The same answer whether the account is missing, disabled, or the password wrong. After five attempts a minute for one account from one address, the right password waits too.',
          tags,
          security: [],
          body: LoginBodySchema,
          response: { 200: SignedInSchema },
        },
      },
      async (request, reply) => {
        const { body } = request;
        if (body.session === 'cookie') credentials.giveCookie(request);
        return handOut(request, reply, await accounts.login(body, fromOf(request)), body.session);
      },
    );

    app.post(
      '/logout',
      {
        config: { fails: [...SIGNED_IN, ...CHANGING], bodyOptional: true },
        schema: {
          operationId: 'logout',
          summary: 'Sign out: the session ends, and its sockets close',
          tags,
          response: { 204: Type.Null({ description: 'Signed out.' }) },
        },
      },
      async (request, reply) => {
        await accounts.logout(request.who);
        forget(request, reply);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/reset',
      {
        config: { public: true, fails: [...CHANGING, ...PASSWORD, 'unavailable', 'reset_spent'] },
        schema: {
          operationId: 'reset',
          summary: 'Set a new password by a one-time link; every session ends',
          tags,
          security: [],
          body: ResetBodySchema,
          response: { 204: Type.Null({ description: 'The password is set; sign in with it.' }) },
        },
      },
      async (request, reply) => {
        await accounts.reset(request.body, fromOf(request));
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/me',
      {
        config: { fails: SIGNED_IN },
        schema: { operationId: 'me', summary: 'My account', tags, response: { 200: MeSchema } },
      },
      async ({ who }) => accounts.me(who),
    );

    app.patch(
      '/me',
      {
        config: { fails: [...SIGNED_IN, ...CHANGING, 'display_name_invalid'] },
        schema: {
          operationId: 'changeMe',
          summary: 'Change my display name, language or time zone',
          tags,
          body: MeChangeSchema,
          response: { 200: MeSchema },
        },
      },
      async ({ who, body }) => accounts.change(who, body),
    );

    app.put(
      '/me/password',
      {
        config: { fails: [...SIGNED_IN, ...CHANGING, ...PASSWORD, 'wrong_credentials', 'moved_on'] },
        schema: {
          operationId: 'changePassword',
          summary: 'Change my password; every other session of mine ends',
          tags,
          body: PasswordChangeSchema,
          response: { 204: Type.Null({ description: 'Changed.' }) },
        },
      },
      async (request, reply) => {
        await accounts.changePassword(request.who, request.body, fromOf(request));
        return reply.code(204).send(null);
      },
    );
  };
