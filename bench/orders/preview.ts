import { join } from 'node:path';

import { Connection } from 'jsforce';

import { makeRecord } from '../../scripts/lib/demo/make-records.ts';
import { sidecarEnv } from '../../scripts/lib/install/deploy.ts';
import { connect } from '../../sidecar/src/app/open-sidecar.ts';
import { startService } from '../../sidecar/src/app/service.ts';
import type { Log } from '../../sidecar/src/lib/log.ts';
import type { Setting } from '../lib/bench.ts';
import { freePort } from '../lib/programs/free-port.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { atMost, median, type Result, shown } from '../lib/results/results.ts';
import type { SmallShop } from './small-shop.ts';

const ROUNDS = 15;
/** Rounds that fill caches and compilers, and let the first backfill pass. */
const WARM = 3;
const MAPPING = 'Order';

/** Waits for the end of commands, and knows how long each took. */
class CommandTimes {
  readonly #begun = new Map<unknown, number>();
  #over: (milliseconds: number) => void = () => undefined;

  readonly log: Log = {
    info: ({ command }, message) => {
      if (message === 'command begins') this.#begun.set(command, performance.now());
      if (message === 'command is over')
        this.#over(performance.now() - (this.#begun.get(command) ?? 0));
    },
    warn: () => undefined,
    error: () => undefined,
  };

  /** @returns how long the next command that ends took */
  next(): Promise<number> {
    return new Promise((resolve) => {
      this.#over = resolve;
    });
  }
}

/**
 * What the preview of the order mapping takes beside an explanation of the same order, by turns; a service without a
 * public address carries both out.
 */
export async function measurePreview(
  { pair, home }: SmallShop,
  { stopped, isShort }: Setting,
): Promise<readonly Result[]> {
  const { org, store } = pair;
  const env = {
    ...sidecarEnv(org, store, org.url, join(home, 'state')),
    PUBLIC_URL: '',
    SWEEP_SECONDS: '10',
    PORT: String(await freePort()),
  };
  const times = new CommandTimes();
  const service = await startService(env, times.log, stopped);
  try {
    const rounds = isShort ? { warm: 0, counted: 1 } : { warm: WARM, counted: ROUNDS };
    return await byTurns(pair, { draft: await draftOf(env), times, rounds });
  } finally {
    await service.stop();
  }
}

interface Turns {
  readonly draft: object;
  readonly times: CommandTimes;
  readonly rounds: { readonly warm: number; readonly counted: number };
}

async function byTurns(
  { org, store }: Pair,
  { draft, times, rounds }: Turns,
): Promise<readonly Result[]> {
  const admin = new Connection({
    instanceUrl: org.url,
    accessToken: org.adminToken,
    version: '66.0',
  });
  const timed = async (Type__c: string, more: object): Promise<number> => {
    const took = times.next();
    await makeRecord(admin, 'Woo_Command__c', { Type__c, ...more });
    return took;
  };
  const [completed] = await store.list('orders', 1, '&status=completed');
  const record = completed?.id;
  const previews: number[] = [];
  const explanations: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds.warm + rounds.counted; round += 1) {
    // The preview first: from then on commands are looked for often.
    const Arguments__c = JSON.stringify({ ...draft, record });
    const preview = await timed('preview_mapping', { Arguments__c });
    const order = { Resource__c: 'order', Arguments__c: String(record) };
    const explanation = await timed('explain', order);
    if (round < rounds.warm) continue;
    previews.push(preview);
    explanations.push(explanation);
    ratios.push(preview / explanation);
  }
  return [
    atMost('Preview of a mapping: time ÷ explain of the same record', 1.3, '', median(ratios)),
    shown('Preview of a mapping: time', 'ms', median(previews)),
    shown('Preview of a mapping: time of the explanation', 'ms', median(explanations)),
  ];
}

/** The shipped mapping as somebody edits it. */
async function draftOf(env: NodeJS.ProcessEnv): Promise<object> {
  const source = await connect(env).org.readMappings();
  const mapping = source.mappings.find(({ name }) => name === MAPPING);
  if (mapping === undefined) throw new Error(`The org has no mapping ${MAPPING}.`);
  const rowsOf = <Row extends { readonly mapping: string | null }>(rows: readonly Row[]) =>
    rows.filter((row) => row.mapping === MAPPING).map((row) => ({ ...row, mapping: undefined }));
  return {
    mapping: { ...mapping, active: undefined },
    fields: rowsOf(source.fields),
    conditions: rowsOf(source.conditions),
  };
}
