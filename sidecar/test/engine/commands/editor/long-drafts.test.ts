import { describe, expect, it } from 'vitest';
import { DATA_LENGTH } from '../../../../src/engine/commands/output/result-text.ts';
import { field } from '../../../mapping/support/mappings.ts';
import type { Row } from '../world.ts';
import { FIELDS, ORDER, scene } from './editor-scene.ts';

const MAPPING = { name: 'Order', resource: 'order', object: 'Woo_Order__c' };
const NAME = { name: 'Order_Name', attribute: 'number', field: 'Name' };

describe('preview_mapping', () => {
  it('takes a draft that is longer than a record in pieces', async () => {
    const { org, answer } = scene();
    const fields = Array.from({ length: 900 }, (_, at) => ({
      name: `Row_${at}`,
      attribute: 'status',
      field: `F${at}__c`,
      kind: 'translation',
      valueTable: 'completed = 🙂 "Done"\n'.repeat(10),
    }));
    const text = JSON.stringify({ mapping: MAPPING, fields: [NAME, ...fields], record: '7' });
    expect(text.length).toBeGreaterThan(2 * 131_072);
    const by = { CreatedById: '005000000000001AAA' };
    const pieces = [text.slice(0, 65_000), text.slice(65_000, 131_001), text.slice(131_001)];
    const argumentsIn = pieces.map((piece) =>
      org.command('preview_mapping', {
        ...by,
        State__c: 'done',
        Arguments__c: JSON.stringify(piece),
      }),
    );
    const { held, record, records } = await answer('preview_mapping', { argumentsIn }, by);
    expect({ held, record }).toEqual({ held: true, record: '7' });
    expect(records).toHaveLength(1);
  });

  it('answers in parts that the record takes, with nothing left out', async () => {
    const long = { ...ORDER, customer_note: '🙂'.repeat(90) };
    const many = Array.from({ length: 300 }, (_, at) => field(`F${at}__c`, 'string'));
    const { answer } = scene([...FIELDS, ...many], [long]);
    const fields = many.map(({ name }) => ({
      name: `Row_${name}`,
      attribute: 'customer_note',
      field: name,
    }));
    const odd = fields.slice(0, 3).map((row) => ({
      ...row,
      name: `Odd_${row.name}`,
      field: `No_${row.field}`,
    }));
    const draft = { mapping: MAPPING, fields: [NAME, ...fields, ...odd] };
    const [rows, problems]: [unknown[], unknown[]] = [[], []];
    let parts = 1;
    for (let part = 1; part <= parts; part += 1) {
      const found = await answer('preview_mapping', { ...draft, part });
      parts = Number(found['parts']);
      expect(found).toMatchObject({ part, record: '7', held: true, more: 0 });
      expect(JSON.stringify(found).length).toBeLessThanOrEqual(DATA_LENGTH);
      rows.push(...found.records.flatMap((one) => one['rows'] as Row[]).map(({ place }) => place));
      problems.push(...(found['problems'] as Row[]).map(({ place }) => place));
    }
    expect(parts).toBeGreaterThan(1);
    expect(new Set(rows)).toEqual(new Set(['Order_Name', ...fields.map(({ name }) => name)]));
    expect(rows).toHaveLength(301);
    expect(problems).toEqual(odd.map(({ name }) => name));
  });

  it('takes no pieces that somebody else has made', async () => {
    const { org, give } = scene();
    const piece = (who: string) =>
      org.command('preview_mapping', {
        CreatedById: who,
        State__c: 'done',
        Arguments__c: JSON.stringify(JSON.stringify({ mapping: MAPPING, fields: [NAME] })),
      });
    const by = { CreatedById: '005000000000001AAA' };
    const own = await give('preview_mapping', { argumentsIn: [piece(by.CreatedById)] }, by);
    expect(own.state, own.text).toBe('done');
    for (const id of [piece('005000000000002AAA'), '0055000000000000AA']) {
      const { state, text } = await give('preview_mapping', { argumentsIn: [id] }, by);
      expect(state).toBe('failed');
      expect(text).toMatch(/^COMMAND_ARGUMENTS_INVALID: .*somebody else/);
    }
    for (const odd of [[], ["' OR Name != '"]]) {
      const { text } = await give('preview_mapping', { argumentsIn: odd }, by);
      expect(text).toMatch(/^COMMAND_ARGUMENTS_INVALID: .*argumentsIn/);
    }
  });
});
