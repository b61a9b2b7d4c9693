import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDraft, withDraft } from '../../src/engine/commands/editor/draft-mapping.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import { examine, isProblem } from '../../src/lib/images/validate-image.ts';
import { inQueries, soqlText } from '../../src/lib/soql.ts';
import { nearestPath } from '../../src/mapping/attributes/path-parts.ts';
import { parsePath } from '../../src/mapping/attributes/attribute-path.ts';
import { compileMappings } from '../../src/mapping/compile/compile.ts';
import { fixedOutcome } from '../../src/mapping/conditions/condition-outcomes.ts';
import { parseLogic } from '../../src/mapping/conditions/logic.ts';
import { OPERATORS, tester } from '../../src/mapping/conditions/operators.ts';
import { compareTwo } from '../../src/mapping/conditions/two-attributes.ts';
import { Refusal } from '../../src/mapping/model/refusal.ts';
import type { WooRecord } from '../../src/mapping/model/record.ts';
import { RESOURCE_NAMES } from '../../src/mapping/model/resources.ts';
import { toDate, toDateTime, toTime } from '../../src/mapping/values/dates.ts';
import { transformerBy } from '../../src/mapping/values/transforms.ts';
import { parseEnvelope } from '../../src/salesforce/outbound/envelope.ts';
import { writeEnvelope } from '../../src/salesforce/outbound/write-envelope.ts';
import { XmlRefused } from '../../src/salesforce/outbound/xml-text.ts';
import { changeOf, eventOf } from '../../src/sync/detect/webhook-topics.ts';
import { EchoFilter } from '../../src/sync/to-woo/echo-filter.ts';
import {
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
} from '../mapping/support/mappings.ts';
import { SHOP } from '../mapping/support/shop.ts';
import { jpeg, png } from '../support/image-bytes.ts';
import { brokenBytes, brokenTexts, tries } from './inputs.ts';

function recorded(list: string): readonly WooRecord[] {
  const file = new URL(`../recordings/${list}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as WooRecord[];
}

const STORE = { key: 'main', url: 'https://shop.example' };
const ORDERS = recorded('orders').slice(0, 3);

/** As the receiver of webhooks reads a body. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

describe('whatever comes in ends, and without a crash', () => {
  it('bodies of webhooks', () => {
    const topics = ['order', 'product', 'customer', 'coupon'].flatMap((of) =>
      ['created', 'updated', 'restored', 'deleted'].map((change) => `${of}.${change}`),
    );
    const [order = {}] = ORDERS;
    const { id, status, line_items, refunds, billing } = order;
    const body = JSON.stringify({ id, status, line_items, refunds, billing });
    const inputs = fc.tuple(
      brokenTexts(...topics, 'action.woocommerce_sync_content'),
      fc.oneof(brokenTexts(body, '{"id":7}', '{"type":"post","id":7}'), fc.json()),
    );
    const echoes = new EchoFilter(STORE, { now: () => new Date(0) });
    tries(0.1, inputs, ([topic, text]) => {
      const event = eventOf(topic);
      const record = parsed(text);
      if (event === null) return;
      const said = changeOf(event, 'main', record);
      if (said === null) return;
      expect(said.key).toMatch(/^main:/);
      echoes.noteReads([record as WooRecord], SHOP.mappings);
      echoes.has(said, record, SHOP.mappings);
    });
  });

  it('envelopes of outbound messages', () => {
    const whole = writeEnvelope({
      organizationId: '00D000000000001AAA',
      object: 'Product2',
      recordId: '01t000000000001AAA',
    });
    const isWhole = parseEnvelope(Buffer.from(whole)).notifications.length === 1;
    expect(isWhole).toBe(true);
    tries(0.15, brokenTexts(whole), (text) => {
      try {
        const { notifications } = parseEnvelope(Buffer.from(text));
        for (const { recordId } of notifications)
          expect(recordId === null || recordId.length === 18).toBe(true);
      } catch (error) {
        if (!(error instanceof XmlRefused)) throw error;
      }
    });
  });

  it('logics of conditions, and what conditions compare', () => {
    const logics = ['1 AND (2 OR NOT 3)', '((1 OR 2) AND NOT (3 AND 4)) OR 5'];
    tries(
      0.1,
      brokenTexts(...logics, ...logics.map((text) => `${text} AND `.repeat(8))),
      (text) => {
        const logic = parseLogic(text);
        if ('error' in logic) return;
        fixedOutcome(logic.evaluate, logic.numbers);
        logic.evaluate(() => true);
      },
    );
    const given = brokenTexts(
      'completed',
      '12.50',
      'last 30 days',
      'this month',
      '2026-11-24',
      'a;b',
    );
    const held = fc.oneof(
      given,
      fc.constantFrom(null, undefined, 0, -1, 1e308, true, [], {}),
      fc.json(),
    );
    const operators = fc.constantFrom(...OPERATORS);
    tries(0.15, fc.tuple(operators, given, held, held), ([operator, value, one, other]) => {
      expect(typeof tester(operator, value)(one)).toBe('boolean');
      compareTwo(operator, one, other);
    });
  });

  it('a rule of forty conditions, however its logic is nested', () => {
    const numbers = Array.from({ length: 40 }, (_, at) => at + 1);
    const logic = fc
      .array(fc.tuple(fc.constantFrom('AND', 'OR'), fc.boolean(), fc.nat(3)), {
        minLength: 40,
        maxLength: 40,
      })
      .map((parts) =>
        parts
          .map(([word, isNot, deep], at) => {
            const one = `${'('.repeat(deep)}${isNot ? 'NOT ' : ''}${numbers[at]}${')'.repeat(deep)}`;
            return at === 0 ? one : ` ${word} ${one}`;
          })
          .join(''),
      );
    const orders = schemas(object('Woo_Order__c', field('Status__c', 'string')));
    tries(0.002, logic, (conditionLogic) => {
      const { problems } = compileMappings(
        source({
          mappings: [{ ...mappingRow({ name: 'Order' }), conditionLogic }],
          fields: [fieldRow('Status__c', 'status')],
          conditions: numbers.map((position) => ({
            name: `C${position}`,
            mapping: 'Order',
            position,
            attribute: 'status',
            operator: 'equals',
            value: `s${position}`,
            otherAttribute: null,
          })),
        }),
        orders,
      );
      expect(problems.filter(({ code }) => code === 'CONDITION_LOGIC')).toEqual([]);
    });
  });

  it('attribute paths', () => {
    const paths = brokenTexts(
      'billing.city',
      'line_items[0].sku',
      'meta_data.gift.message',
      'meta_data.x#2',
      '_sku',
      'categories.name',
      'shipping.address_1',
      'line_items.0.meta_data.color',
      'id',
    );
    const texts = brokenTexts('{"a":1}', 'a:1:{s:1:"a";i:1;}', 'O:8:"stdClass":1:{s:1:"a";b:1;}');
    const inputs = fc.tuple(fc.constantFrom(...RESOURCE_NAMES), paths, texts);
    tries(0.15, inputs, ([resource, path, value]) => {
      const result = parsePath(resource, path);
      if (result.path === undefined) {
        nearestPath(resource, path);
        return;
      }
      const meta_data = [{ key: 'gift', value }];
      for (const order of ORDERS) result.path.get({ ...order, meta_data }, STORE);
    });
  });

  it('dates and times', () => {
    const written = brokenTexts(
      '2026-11-24T22:36:02',
      '2026-11-24 22:36',
      '20261124',
      '2024-02-29T00:00:00Z',
      '14:30',
      '2026-11-24T22:36:02+09:00',
      '1700-01-01',
      '4000-12-31T23:59:59.999-14:00',
    );
    tries(0.15, fc.oneof(written, fc.anything()), (value) => {
      for (const [convert, form] of [
        [toDate, /^\d{4}-\d{2}-\d{2}$/],
        [toDateTime, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/],
        [toTime, /^\d{2}:\d{2}:\d{2}\.000Z$/],
      ] as const) {
        const made = convert(value);
        if (made instanceof Refusal) continue;
        expect(made).toMatch(form);
        if (convert !== toTime) expect(Number.isNaN(Date.parse(made))).toBe(false);
      }
    });
  });

  it('values in queries, each of which comes out as it went in', () => {
    const values = fc.array(brokenTexts("O'Neil", 'main:guest:ada@shop.example', 'a\\b'), {
      maxLength: 12,
    });
    tries(0.05, values, (some) => {
      const queries = inQueries('Contact', ['Id'], new Map([['Email', new Set(some)]]));
      const literals = queries.flatMap((soql) => {
        expect(encodeURIComponent(soql).length).toBeLessThanOrEqual(15_000);
        const [, list = ''] = /^SELECT Id FROM Contact WHERE Email IN \((.*)\)$/s.exec(soql) ?? [];
        return list.match(/'(?:[^'\\]|\\.)*'/gs) ?? [];
      });
      const asked = [...new Set(some)].filter((one) => one.length <= 255 && one.isWellFormed());
      expect(literals).toEqual(asked.map(soqlText));
    });
  });

  it('files that are said to be images', () => {
    const gif = Buffer.from(
      '474946383961010001008000000000ffffff21f90401000000002c00000000010001000002024401003b',
      'hex',
    );
    const webp = Buffer.from(
      '524946461a000000574542505650384c0d0000002f00000010071011118888fe0700',
      'hex',
    );
    tries(0.1, brokenBytes(png(20, 30), jpeg(20, 30), gif, webp), (bytes) => {
      const found = examine(bytes);
      if (isProblem(found)) expect(found.code).toMatch(/^IMAGE_/);
      else expect(found.width * found.height).toBeGreaterThan(0);
    });
  });

  it('arguments of transforms', () => {
    const given = brokenTexts(
      '(\\d+)-(\\d+)',
      '^[a-z]+$',
      '(a+)+b',
      '2..4',
      '-3',
      '1..',
      '(?:x{3}){4}',
    );
    const texts = brokenTexts('aaaaaaaaaaaaaaaaaaaaaaaaaaaaac', '12-34', 'x'.repeat(200));
    const transforms = fc.constantFrom('slice' as const, 'regex' as const, 'template' as const);
    tries(0.05, fc.tuple(transforms, given, texts), ([transform, argument, text]) => {
      const apply = transformerBy(transform, argument);
      if (typeof apply !== 'string') apply(text, {});
    });
  });

  it('drafts of mappings, saved or not', () => {
    const draft = JSON.stringify({
      mapping: { name: 'Order', resource: 'order', object: 'Woo_Order__c', conditionLogic: '1' },
      fields: [{ name: 'Status', attribute: 'status', field: 'Status__c', kind: 'attribute' }],
      conditions: [
        { name: 'Paid', position: 1, attribute: 'status', operator: 'in', value: 'a;b' },
      ],
      record: 7,
    });
    expect(parseDraft(draft).fields).toHaveLength(1);
    const orders = schemas(object('Woo_Order__c', field('Status__c', 'string')));
    tries(0.02, fc.oneof(brokenTexts(draft), fc.json()), (json) => {
      try {
        const given = parseDraft(json);
        const { problems } = compileMappings(withDraft(source({}), given), orders);
        for (const { message } of problems) expect(message).not.toBe('');
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        expect(error.code).toBe('COMMAND_ARGUMENTS_INVALID');
      }
    });
  });
});
