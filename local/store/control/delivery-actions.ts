import type { Patch } from '../core/patch.ts';
import { onlyOptions } from './action.ts';
import type { Action, Control } from './action.ts';

/** What is done with the queue of webhook deliveries. */
export const deliveryActions: readonly Action[] = [
  { method: 'GET', path: /^\/deliveries$/, run: shown },
  {
    method: 'POST',
    path: /^\/deliveries$/,
    run: async ({ webhooks: { outbox } }) => {
      if (outbox.held) {
        throw new Error('Deliveries are held: POST /local/deliveries/release first.');
      }
      await outbox.run();
      return { done: outbox.log };
    },
  },
  {
    method: 'POST',
    path: /^\/deliveries\/hold$/,
    run: (control) => {
      control.webhooks.outbox.hold();
      return shown(control);
    },
  },
  {
    method: 'POST',
    path: /^\/deliveries\/release$/,
    run: (control) => {
      control.webhooks.outbox.release();
      return shown(control);
    },
  },
  {
    method: 'POST',
    path: /^\/deliveries\/reorder$/,
    run: (control, _ids, patch) => {
      control.webhooks.outbox.reorder(seedOf(patch));
      return shown(control);
    },
  },
  {
    method: 'POST',
    path: /^\/deliveries\/pace$/,
    run: (control, _ids, patch) => {
      control.webhooks.outbox.pace(paceOf(patch));
      return shown(control);
    },
  },
];

function paceOf(patch: Patch): number {
  onlyOptions(patch, ['every_ms']);
  const { every_ms: every } = patch;
  if (typeof every === 'number' && Number.isInteger(every) && every >= 0) return every;
  throw new Error(`every_ms is ${JSON.stringify(every)}: give a whole number, or 0 for no rest.`);
}

function shown({ webhooks: { outbox } }: Control): object {
  return { done: outbox.log, waiting: outbox.waiting, held: outbox.held };
}

function seedOf(patch: Patch): number | undefined {
  onlyOptions(patch, ['seed']);
  const { seed } = patch;
  if (seed === undefined || (typeof seed === 'number' && Number.isInteger(seed))) {
    return seed;
  }
  throw new Error(`seed is ${JSON.stringify(seed)}: give a whole number, or none to go backwards.`);
}
