import { randomUUID } from 'node:crypto';
import { ok, type Answer } from '../api/answer.ts';
import { isRecord } from '../api/call.ts';

/** Where `sf apex get test` hears of test runs: the one channel that this org streams. */
const CHANNEL = '/systemTopic/TestResult';

/** How long a call waits for an event, in milliseconds; a client then asks again. */
const WAIT = 20_000;
/** Clients that are remembered; the oldest are forgotten, and told to begin anew. */
const MOST_CLIENTS = 100;

type Message = Readonly<Record<string, unknown>>;

interface Client {
  isSubscribed: boolean;
  readonly events: Message[];
  /** Ends the call that waits. */
  wake: (() => void) | undefined;
}

const refused = (error: string, reconnect: 'none' | 'handshake'): Message => ({
  successful: false,
  error,
  advice: { reconnect },
});

/** Answers `/cometd/…`, by which clients hear of the Apex tests that end. */
export class Streaming {
  private readonly clients = new Map<string, Client>();

  /** A class of a test run has ended, or all of it has. */
  tell(runId: string, at: string): void {
    const data = { event: { type: 'updated', createdDate: at }, sobject: { Id: runId } };
    for (const client of this.clients.values()) {
      if (!client.isSubscribed) continue;
      client.events.push({ channel: CHANNEL, data });
      client.wake?.();
    }
  }

  close(): void {
    for (const client of this.clients.values()) client.wake?.();
    this.clients.clear();
  }

  /** @param isSignedIn whether the token of the call is one of this org */
  async answer(body: unknown, isSignedIn: boolean): Promise<Answer> {
    const messages = (Array.isArray(body) ? body : [body]).filter(isRecord);
    const replies: Message[] = [];
    for (const message of messages) {
      const { channel, id } = message;
      const said = isSignedIn
        ? await this.reply(message)
        : [refused('401::Authentication invalid', 'none')];
      const head = { channel, ...(id === undefined ? {} : { id }) };
      replies.push(...said.map((one) => ('data' in one ? one : { ...head, ...one })));
    }
    return ok(replies);
  }

  private async reply(message: Message): Promise<readonly Message[]> {
    const { channel, clientId, subscription } = message;
    if (channel === '/meta/handshake') return [this.handshake()];
    const client = this.clients.get(String(clientId));
    if (!client) return [refused('403::Unknown client', 'handshake')];
    switch (channel) {
      case '/meta/connect':
        return this.connect(client, String(clientId));
      case '/meta/subscribe':
        if (subscription !== CHANNEL) {
          return [
            {
              ...refused(`404::NOT_EMULATED: the local org streams ${CHANNEL} alone`, 'none'),
              subscription,
            },
          ];
        }
        client.isSubscribed = true;
        return [{ clientId, subscription, successful: true }];
      case '/meta/unsubscribe':
        client.isSubscribed = false;
        return [{ clientId, subscription, successful: true }];
      case '/meta/disconnect':
        client.wake?.();
        this.clients.delete(String(clientId));
        return [{ clientId, successful: true }];
      default:
        return [refused('400::NOT_EMULATED: the local org takes no events', 'none')];
    }
  }

  private handshake(): Message {
    const clientId = randomUUID();
    this.clients.set(clientId, { isSubscribed: false, events: [], wake: undefined });
    const [oldest] = this.clients.keys();
    if (this.clients.size > MOST_CLIENTS && oldest !== undefined) this.clients.delete(oldest);
    return {
      clientId,
      version: '1.0',
      minimumVersion: '1.0',
      successful: true,
      supportedConnectionTypes: ['long-polling'],
    };
  }

  /** Waits for events; without a subscription there is nothing to wait for. */
  private async connect(client: Client, clientId: string): Promise<readonly Message[]> {
    if (client.isSubscribed && client.events.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, WAIT);
        client.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      client.wake = undefined;
    }
    const advice = { interval: client.isSubscribed ? 0 : 1000, timeout: WAIT, reconnect: 'retry' };
    return [...client.events.splice(0), { clientId, successful: true, advice }];
  }
}
