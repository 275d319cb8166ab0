import { signal } from '@preact/signals';
import type { RoomId } from '@rill/protocol';
import type { ComponentChild } from 'preact';

/** What the list shows of a room instead of its last message: what was written there last and has not arrived. */
export const onItsWay = signal<ReadonlyMap<RoomId, ComponentChild>>(new Map());
