/**
 * What no backfill can do without, beside what the bound does: the same libraries are loaded, every answer is parsed,
 * every record is made into text and hashed, and its link is kept. What goes into the records is known beforehand:
 * nothing is planned, matched, mapped or checked, and nothing can fail. With BENCH_KEPT, a file of `writeKept`, all
 * else is kept too that the state holds after a backfill, and orders are mapped by hand.
 */
import '@woocommerce/woocommerce-rest-api';
import 'jsforce/lib/connection.js';
import { hash } from 'node:crypto';
import { Secret } from '../../sidecar/src/lib/secret.ts';
import type { SavedLink } from '../../sidecar/src/ports/link.ts';
import { openState } from '../../sidecar/src/state/state.ts';
import { given } from '../lib/programs/given.ts';
import { Kept, type Told } from './kept.ts';
import { payloadOf, replay } from '../lib/recording/replay.ts';
import { textOf } from '../lib/programs/sign-in.ts';

interface Subrequest {
  readonly body?: { readonly records?: readonly SentRecord[] };
}

interface SentRecord {
  readonly attributes: { readonly type: string };
  readonly id?: string;
  readonly Woo_Key__c?: string;
  readonly Order__r?: { readonly Woo_Key__c: string };
}

interface Answer {
  readonly compositeResponse: readonly { readonly body: unknown }[];
}

type Unkept = Omit<SavedLink, 'recordId'>;

/** What a customer ordered is sent with this field. */
const TOTAL = 'Woo_Orders__c';

const state = await openState({ kind: 'postgres', url: new Secret(given('DATABASE_URL')) });
const file = process.env['BENCH_KEPT'];
const besides = file === undefined ? null : new Kept(state, file, given('BENCH_STORE_URL'));
let kept: Promise<void> = Promise.resolve();

await replay(async (step, send) => {
  const recorded = step.size === 0 ? null : payloadOf(step);
  const remade = step.side === 'org' && recorded !== null ? made(recorded) : null;
  if (remade !== null) {
    await besides?.ahead(remade.links);
    await besides?.claim(remade.told);
  }
  const answer: unknown = JSON.parse(await textOf(await send(step, remade?.body ?? recorded)));
  if (remade === null) {
    if (step.side === 'store') await besides?.page(step.path, answer);
    return;
  }
  const { links, told } = remade;
  const ids = idsIn(answer as Answer);
  if (ids.length !== links.length) throw new Error(`${ids.length} ids of ${links.length} records`);
  await kept;
  kept = keep(
    links.map((link, at) => ({ ...link, recordId: ids[at] ?? '' })),
    told,
  );
});
await kept;
await state.close();

function idsIn({ compositeResponse }: Answer): readonly string[] {
  return compositeResponse.flatMap(({ body }) =>
    Array.isArray(body) ? (body as readonly { readonly id: string }[]).map(({ id }) => id) : [],
  );
}

/** The body, put together of its records' texts, and what is to be remembered of them. */
function made(body: Buffer): { body: Buffer<ArrayBuffer>; links: Unkept[]; told: Told[] } {
  const { compositeRequest, ...rest } = JSON.parse(body.toString()) as {
    readonly compositeRequest: readonly Subrequest[];
  };
  const links: Unkept[] = [];
  const told: Told[] = [];
  const parts = compositeRequest.map(({ body: sent, ...part }) => {
    if (sent === undefined) return JSON.stringify(part);
    const { records = [], ...options } = sent;
    const texts = records.map((record) => {
      const text = JSON.stringify(record);
      links.push(linkOf(record, hash('sha256', text, 'base64url').slice(0, 22)));
      const { attributes, id: recordId } = record;
      if (recordId !== undefined && TOTAL in record)
        told.push({ object: attributes.type, recordId, text });
      return text;
    });
    const inner = `${JSON.stringify(options).slice(0, -1)},"records":[${texts.join(',')}]}`;
    return `${JSON.stringify(part).slice(0, -1)},"body":${inner}}`;
  });
  const whole = `${JSON.stringify(rest).slice(0, -1)},"compositeRequest":[${parts.join(',')}]}`;
  return { body: Buffer.from(whole), links, told };
}

function linkOf(
  { attributes, Woo_Key__c: key, Order__r: order }: SentRecord,
  text: string,
): Unkept {
  const parentKey = order?.Woo_Key__c ?? null;
  const link = { object: attributes.type, key: key ?? '', hash: text, parentKey };
  return { ...link, state: 'verified', byId: false, readNumber: 0 };
}

async function keep(links: readonly SavedLink[], told: readonly Told[]): Promise<void> {
  const keyed = links.filter(({ key }) => key !== '');
  await state.didWrite(keyed, []);
  await besides?.after(keyed);
  await besides?.settle(told);
}
