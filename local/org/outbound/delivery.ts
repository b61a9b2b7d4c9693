import type { OrgData } from '../data/org-data.ts';
import type { OrgView } from '../model/org-view.ts';
import { isAck } from './ack.ts';
import { envelopeText } from './envelope.ts';
import { outboundMessage, type OutboundMessage } from './outbound-message.ts';
import { notificationId, type Outcome, type Taken } from '../data/outbound/outbound-messages.ts';
import { Post, type Reply } from './post.ts';
import { recordReader } from './record-values.ts';

/** How often each envelope is sent, one copy after the other or all at once. */
export interface Copies {
  readonly times: number;
  readonly parallel: boolean;
}

export interface DeliveryParts {
  readonly data: OrgData;
  /** The org as that user sees it. */
  readonly viewOf: (userId: string) => OrgView;
  /** For one answer. */
  readonly timeoutMs: number;
}

/** Writes one envelope, posts it and reads the answer. */
export class Delivery {
  copies: Copies = { times: 1, parallel: false };
  private readonly parts: DeliveryParts;
  private readonly post: Post;

  constructor(parts: DeliveryParts) {
    this.parts = parts;
    this.post = new Post(parts.timeoutMs);
  }

  /** Ends what is under way. */
  close(): void {
    this.post.close();
  }

  /** @param base address of the org */
  async deliver(name: string, taken: readonly Taken[], base: string): Promise<Outcome> {
    let sentAt = Date.now();
    let failure: string | undefined;
    try {
      const message = outboundMessage(this.parts.data.components(), name);
      const text = this.envelope(name, message, taken, base);
      sentAt = Date.now();
      failure = failureIn(await this.replies(message.endpointUrl, text));
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    return { sentAt, answeredAt: Date.now(), failure };
  }

  private async replies(url: string, text: string): Promise<readonly Reply[]> {
    const { times, parallel } = this.copies;
    const send = (): Promise<Reply> => this.post.send(url, text);
    if (parallel) return Promise.all(Array.from({ length: times }, send));
    const replies: Reply[] = [];
    while (replies.length < times) replies.push(await send());
    return replies;
  }

  private envelope(
    name: string,
    { integrationUser, object, fields, version }: OutboundMessage,
    taken: readonly Taken[],
    base: string,
  ): string {
    const { data, viewOf } = this.parts;
    const user = data.db.get(
      'SELECT Id FROM User WHERE Username = ? AND IsActive = 1',
      integrationUser,
    );
    if (!user) throw new Error(`the org has no active user ${integrationUser}`);
    const read = recordReader(viewOf(String(user['Id'])), object, fields);
    return envelopeText({
      organizationId: String(data.db.get('SELECT Id FROM Organization')?.['Id']),
      actionId: data.outbound.actionId(name),
      base,
      version,
      object,
      notifications: taken.map(({ number, record }) => ({
        id: notificationId(number),
        values: read(record),
      })),
    });
  }
}

/** Why an envelope was not acknowledged; one copy that was is enough. */
function failureIn(replies: readonly Reply[]): string | undefined {
  const failures = replies.map((reply) => {
    if ('failure' in reply) return reply.failure;
    if (isAck(reply.status, reply.body)) return undefined;
    const isFine = reply.status >= 200 && reply.status < 300;
    return `the endpoint answered ${reply.status}${isFine ? ' without <Ack>true</Ack>' : ''}`;
  });
  return failures.includes(undefined) ? undefined : failures[0];
}
