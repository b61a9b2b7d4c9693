import { setTimeout as pause } from 'node:timers/promises';

import type { Connection } from 'jsforce';

import { atMost, countAtMost, median, shown, type Result } from '../lib/results/results.ts';
import { requestsOf, resetRequests, type Stage } from './stage.ts';

const FEW = 50;
const MANY = 500;
const ROUNDS = 9;
const PATIENCE_MS = 60_000;
/** How often is looked for questions of the page, which looks for answers every second. */
const LOOK_MS = 50;
const OBJECT = 'Woo_Order__c';
const ATTRIBUTES = 200;

/** What the editor of mappings takes to open, by how many fields the object has that it offers. */
export async function measureEditor(stage: Stage, isShort: boolean): Promise<readonly Result[]> {
  const fields = await fieldsOf(stage.admin);
  const ratios: number[] = [];
  const times: number[] = [];
  let requests = 0;
  const rounds = isShort ? 1 : ROUNDS;
  for (let round = 0; round <= rounds; round += 1) {
    const fewer = await open(stage, fields.slice(0, FEW));
    const more = await open(stage, fields);
    // The first round fills caches and compilers.
    if (round === 0) continue;
    ratios.push(more.ms / fewer.ms);
    times.push(more.ms);
    requests = more.requests;
  }
  const name = `Editor of a mapping with ${MANY} fields`;
  return [
    atMost(`${name}: time until ready ÷ with ${FEW}`, 1.5, '', median(ratios)),
    shown(`${name}: time until ready`, 'ms', median(times)),
    countAtMost('Editor of a mapping: requests to Salesforce to open it', 5, requests),
  ];
}

/** Time from the press of Edit until the rows say what their fields are; a program answers in the service's place. */
async function open({ page, admin, host }: Stage, fields: readonly object[]) {
  await page.goto(`${host}/lightning/n/Woo_Mappings`);
  const edit = page.getByRole('button', { name: 'Edit: Orders' });
  await edit.waitFor({ timeout: PATIENCE_MS });
  await page.waitForLoadState('networkidle');
  const left = new AbortController();
  const answering = answer(admin, fields, left.signal);
  await resetRequests(host);
  const started = performance.now();
  await edit.click();
  const about = page.locator('c-woo-mapping-field .about').filter({ hasText: ' · ' });
  await about.first().waitFor({ timeout: PATIENCE_MS });
  const ms = performance.now() - started;
  await page.locator('c-woo-mapping-preview .calls').waitFor({ timeout: PATIENCE_MS });
  await page.waitForLoadState('networkidle');
  const { all } = await requestsOf(host);
  left.abort();
  await answering;
  return { ms, requests: all };
}

/** Answers what the editor asks, until it is left. */
async function answer(
  admin: Connection,
  fields: readonly object[],
  left: AbortSignal,
): Promise<void> {
  while (!left.aborted) {
    const { records } = await admin.query<{ Id: string; Type__c: string }>(
      "SELECT Id, Type__c FROM Woo_Command__c WHERE State__c = 'waiting'",
    );
    for (const { Id, Type__c } of records) {
      const result = Type__c === 'describe_mapping' ? description(fields) : PREVIEW;
      const text = JSON.stringify({ ...result, part: 1, parts: 1 });
      await admin
        .sobject('Woo_Command__c')
        .update({ Id, State__c: 'done', Progress__c: 100, Result__c: text });
    }
    await pause(LOOK_MS);
  }
}

const description = (fields: readonly object[]) => ({
  object: { name: OBJECT, label: 'Woo Order', createable: true, updateable: true },
  resource: 'order',
  store: 'main',
  looking: null,
  problem: null,
  fields,
  values: {},
  attributes: Array.from({ length: ATTRIBUTES }, (_, at) => ({
    name: `meta_data.custom_${at}`,
    example: `Value ${at}`,
    kind: null,
    refersTo: null,
    also: [],
  })),
});

const PREVIEW = {
  mapping: 'Order',
  store: 'main',
  record: null,
  count: 0,
  held: false,
  // Said by the page once it has the answer.
  looking: { seconds: 2, calls: 1 },
  problems: [],
  records: [],
  more: 0,
};

/** Those of the object, and made-up ones up to the number. */
async function fieldsOf(admin: Connection): Promise<readonly object[]> {
  const described = await admin.describe(OBJECT);
  const own = described.fields.map(({ name, label, type, length, createable, updateable }) => ({
    name,
    label,
    type,
    length,
    createable,
    updateable,
    required: false,
  }));
  const more = Array.from({ length: Math.max(0, MANY - own.length) }, (_, at) => ({
    name: `Extra_${at}__c`,
    label: `Extra ${at}`,
    type: 'string',
    length: 80,
    createable: true,
    updateable: true,
    required: false,
  }));
  return [...own, ...more];
}
