import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedFile } from '../../core/recordings.ts';
import { startReceiver } from '../receiver.ts';
import type { Receiver } from '../receiver.ts';
import { causes } from './deliveries.ts';
import { shapeDifferences } from './differences.ts';
import { Replayer } from './replayer.ts';

interface RecordedDelivery {
  headers: Record<string, string>;
  rawBody: string;
}

let receiver: Receiver;
let replayer: Replayer;

beforeAll(async () => {
  receiver = await startReceiver();
  replayer = await Replayer.start({ allowHosts: [receiver.host], webhookDelayMs: 3_600_000 });
  for (const name of new Set(Object.keys(causes).map((cause) => cause.split('-')[0] ?? ''))) {
    const delivery_url = `${receiver.url}/${name}`;
    await replayer.write('POST', 'webhooks', { topic: name, delivery_url, secret: 's' });
  }
});
afterAll(async () => {
  await Promise.all([replayer.close(), receiver.close()]);
});

describe('deliveries are as recorded', () => {
  it.each(Object.entries(causes))('%s', async (name, cause) => {
    await cause(replayer);
    await replayer.client.store.webhooks.outbox.run();
    const recorded = recordedFile(`webhooks/deliveries/${name}.json`) as RecordedDelivery;
    const topic = recorded.headers['x-wc-webhook-topic'];
    const hook = receiver.got.findLast(({ headers }) => headers['x-wc-webhook-topic'] === topic);
    expect(Object.keys(hook?.headers ?? {})).toStrictEqual(Object.keys(recorded.headers));
    const found = shapeDifferences(JSON.parse(recorded.rawBody), JSON.parse(hook?.raw ?? 'null'));
    expect(found).toStrictEqual([]);
  });
});
