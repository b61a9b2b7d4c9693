import { ok, type Answer } from '../api/answer.ts';

const refused =
  '501::NOT_EMULATED: the local org runs no Apex tests for the API, and streams no events';

const messagesOf = (body: unknown): readonly unknown[] => (Array.isArray(body) ? body : [body]);

function fieldOf(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null
    ? (message as Record<string, unknown>)[name]
    : undefined;
}

/**
 * Answers `/cometd/…`: each message is refused for good. Clients of the streaming API, such as
 * `sf apex get test`, repeat a handshake that is refused with a status alone until they time out.
 */
export const refuseStreaming = (body: unknown): Answer =>
  ok(
    messagesOf(body).map((message) => ({
      channel: fieldOf(message, 'channel') ?? '/meta/handshake',
      id: fieldOf(message, 'id'),
      version: '1.0',
      successful: false,
      error: refused,
      advice: { reconnect: 'none' },
    })),
  );
