import { wholeOption } from '../../shared/faults.ts';
import { ApiError } from '../model/errors.ts';
import { ok, type Answer } from '../api/answer.ts';
import type { Delivery } from './delivery.ts';
import { OutboundEdits } from './outbound-edits.ts';
import type { OutboundMessages } from '../data/outbound/outbound-messages.ts';
import type { OutboundSender } from './sender.ts';

type Body = Readonly<Record<string, unknown>>;

interface Action {
  readonly options: readonly string[];
  /** @throws Error with a sentence for a value that it cannot have */
  readonly run: (body: Body) => void;
}

const seconds = wholeOption(1, 31_536_000);
const copies = wholeOption(1, 100, 1);

/** The back door to the queue of outbound messages, below `/local/outbound`. */
export class OutboundControl {
  private readonly messages: OutboundMessages;
  private readonly sender: OutboundSender;
  private readonly delivery: Delivery;
  private readonly edits: OutboundEdits;

  constructor(messages: OutboundMessages, sender: OutboundSender, delivery: Delivery) {
    this.messages = messages;
    this.sender = sender;
    this.delivery = delivery;
    this.edits = new OutboundEdits(messages);
  }

  /**
   * @returns undefined for what is not about outbound messages
   * @throws ApiError 400 with a sentence for a body that cannot be followed
   */
  answer(method: string, path: string, body: Body): Answer | undefined {
    if (method === 'GET' && path === '/local/outbound') return ok(this.shown());
    if (method === 'GET' && path === '/local/outbound/totals') return ok(this.totals());
    const [, name = ''] = /^\/local\/outbound\/(\w+)$/.exec(path) ?? [];
    const action = method === 'POST' ? this.actions.get(name) : undefined;
    if (!action) return undefined;
    try {
      refuseStrangers(body, action.options);
      action.run(body);
    } catch (error) {
      throw new ApiError(400, 'INVALID_INPUT', error instanceof Error ? error.message : '');
    }
    this.sender.wake();
    return ok(this.totals());
  }

  private readonly actions = new Map<string, Action>(
    Object.entries({
      hold: {
        options: [],
        run: () => {
          this.sender.hold();
        },
      },
      release: {
        options: [],
        run: () => {
          this.sender.release();
        },
      },
      refuse: {
        options: ['message'],
        run: ({ message }) => {
          if (typeof message !== 'string' || message === '') {
            throw new Error('message must say why a flow cannot send.');
          }
          this.messages.refusal = message;
        },
      },
      accept: {
        options: [],
        run: () => {
          this.messages.refusal = undefined;
        },
      },
      reorder: {
        options: ['seed'],
        run: (body) => {
          this.edits.reorder(seedOf(body));
        },
      },
      duplicate: {
        options: ['times', 'parallel'],
        run: ({ times, parallel = false }) => {
          const given = copies(times, 'times');
          if (typeof parallel !== 'boolean') throw new Error('parallel must be true or false.');
          this.delivery.copies = { times: given, parallel };
        },
      },
      retry: {
        options: ['ids'],
        run: (body) => {
          this.edits.retry(idsOf(body));
        },
      },
      resend: {
        options: ['ids'],
        run: (body) => {
          this.edits.resend(idsOf(body));
        },
      },
      drop: {
        options: ['ids'],
        run: (body) => {
          this.edits.drop(idsOf(body));
        },
      },
      clock: {
        options: ['advance_seconds'],
        run: (body) => {
          this.messages.advance(seconds(body['advance_seconds'], 'advance_seconds') * 1000);
        },
      },
    } satisfies Record<string, Action>),
  );

  private totals(): object {
    const { copies: duplicate } = this.delivery;
    const { held } = this.sender;
    return { now: this.messages.now(), held, duplicate, notifications: this.edits.counts() };
  }

  private shown(): object {
    return {
      ...this.totals(),
      waiting: this.edits.waiting(),
      done: this.edits.done(),
      envelopes: this.sender.envelopes,
    };
  }
}

function refuseStrangers(body: Body, names: readonly string[]): void {
  const stranger = Object.keys(body).find((name) => !names.includes(name));
  if (stranger === undefined) return;
  const known = names.length === 0 ? 'it takes none' : `give ${names.join(' and ')}`;
  throw new Error(`There is no option ${stranger}: ${known}.`);
}

function seedOf({ seed }: Body): number | undefined {
  if (seed === undefined || (typeof seed === 'number' && Number.isInteger(seed))) return seed;
  throw new Error(`seed is ${JSON.stringify(seed)}: give a whole number, or none to go backwards.`);
}

function idsOf({ ids }: Body): readonly string[] | undefined {
  if (ids === undefined) return undefined;
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  throw new Error('ids must be a list of ids of notifications; without it, all are meant.');
}
