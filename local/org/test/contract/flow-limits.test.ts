import { afterEach, beforeEach, expect } from 'vitest';
import { create, flow, formula, get, launched, loop, outcome } from '../../flow/test/flows.ts';
import { assignment, condition, decision, item, variable } from '../../flow/test/flows.ts';
import { count, inTransaction } from '../../flow/parts/limits.ts';
import { runScheduled } from '../../flow/timed/scheduled.ts';
import { deployFiles, failuresOf, type Files } from '../../metadata/test/packages.ts';
import { HttpOrg } from './http-org.ts';
import { statement } from './statement.ts';

let http: HttpOrg;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-03-01T05:00:00Z');
  // The org itself would now and then run what these tests run.
  http = await HttpOrg.start({
    now: () => now,
    sessionSeconds: 1_000_000,
    runsWhatIsDue: false,
  });
});
afterEach(() => http.close());

function deploy(files: Files): void {
  expect(failuresOf(deployFiles(http.org.data, files))).toEqual([]);
}

interface Saved {
  readonly success: boolean;
  readonly errors: readonly { readonly statusCode: string; readonly message: string }[];
}

const products = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, at) => ({
    attributes: { type: 'Product2' },
    Name: `P${at}`,
    ...more,
  }));

async function save(records: readonly object[]): Promise<readonly Saved[]> {
  const sent = { allOrNone: false, records };
  const { body } = await http.rest('POST', '/composite/sobjects', sent);
  return body as readonly Saved[];
}

/** The reason why each record was refused, the same for all; undefined where all were saved. */
async function refusal(records: readonly object[]): Promise<string | undefined> {
  const said = new Set(
    (await save(records)).map(({ errors: [one] }) => one && `${one.statusCode} ${one.message}`),
  );
  expect(said.size).toBe(1);
  return [...said][0]?.replace(/^(\w+) .* these details\. /, '$1 ');
}

const countOf = async (object: string): Promise<number> =>
  (await http.query(`SELECT Id FROM ${object}`)).length;

/** Elements, one after the other as often as `Times` of the flow says, then the flow ends. */
const times = (limit: number, element: string, first: string): string =>
  decision('More', outcome('Yes', condition('Done', 'LessThan', limit), 'Note')) +
  assignment('Note', item('Done', 1, 'Add'), first) +
  element +
  variable('Done', 'Number', 0);

const started = (inner: string, more = '') =>
  flow(inner, { object: 'Product2', timing: 'RecordAfterSave', first: 'More', more });

const look = get('Look', { object: 'Account', next: 'More' });
const make = create('Make', { LastName: 'x' }, { next: 'More' }, 'Contact') + variable('id');

statement(
  'The flows of a transaction make at most 100 SOQL queries and 150 DML statements; one more refuses all its records with `CANNOT_EXECUTE_FLOW_TRIGGER` (_Too many SOQL queries: 101_), undoes it and takes no fault path. So do more than 50,000 records read and 10,000 written.',
  async () => {
    deploy({ 'flows/F.flow': started(times(100, look, 'Look')) });
    expect(await refusal(products(1))).toBeUndefined();
    const faulted = look.replace(
      '<filterLogic>',
      '<faultConnector><targetReference>More</targetReference></faultConnector><filterLogic>',
    );
    deploy({ 'flows/F.flow': started(times(101, faulted, 'Look')) });
    const tooMany = 'CANNOT_EXECUTE_FLOW_TRIGGER Too many SOQL queries: 101';
    expect(await refusal(products(2))).toBe(tooMany);
    expect(await countOf('Product2')).toBe(1);

    deploy({ 'flows/F.flow': started(times(150, make, 'Make')) });
    expect(await refusal(products(1))).toBeUndefined();
    expect(await countOf('Contact')).toBe(150);
    deploy({ 'flows/F.flow': started(times(151, make, 'Make')) });
    const tooManyWrites = 'CANNOT_EXECUTE_FLOW_TRIGGER Too many DML statements: 151';
    expect(await refusal(products(1))).toBe(tooManyWrites);
    expect([await countOf('Product2'), await countOf('Contact')]).toEqual([2, 150]);

    const { db } = http.org.data;
    const rows = (what: 'queryRows' | 'statementRows', times: number) => () => {
      inTransaction(db, () => {
        count(db, what, times);
      });
    };
    expect(rows('queryRows', 50_001)).toThrow('Too many query rows: 50001');
    expect(rows('statementRows', 10_001)).toThrow('Too many DML rows: 10001');
  },
);

statement(
  'An element that up to 200 records of a call reach is one query or statement for all of them, each time that it is reached; so it is for the paths of a flow and user that are due together, for the inputs of a call, and for the records for which the clock starts a flow.',
  async () => {
    deploy({ 'flows/F.flow': started(times(20, look, 'Look')) });
    expect(await refusal(products(200)), 'after the save').toBeUndefined();

    const path =
      '<scheduledPaths><name>P</name><connector><targetReference>More</targetReference></connector><pathType>AsyncAfterCommit</pathType></scheduledPaths>';
    const after = (limit: number): string =>
      started(times(limit, look, 'Look'), path).replace(
        '<connector><targetReference>More</targetReference></connector>',
        '',
      );
    deploy({ 'flows/F.flow': after(100) });
    await save(products(20));
    expect(runScheduled(http.org.data), 'after the commit').toEqual([]);
    deploy({ 'flows/F.flow': after(101) });
    await save(products(3));
    expect(runScheduled(http.org.data)).toEqual([
      expect.stringContaining('Too many SOQL queries: 101'),
    ]);
    deploy({ 'flows/F.flow': after(0) });

    const start = (limit: number, inputs: number) => {
      deploy({ 'flows/Named.flow': launched(times(limit, look, 'Look'), 'More') });
      return http.rest('POST', '/actions/custom/flow/Named', {
        inputs: Array.from({ length: inputs }, () => ({})),
      });
    };
    expect((await start(100, 20)).status).toBe(200);
    const { status, body } = await start(101, 2);
    expect(status).toBe(400);
    expect(body).toMatchObject([{ isSuccess: false }, { isSuccess: false }]);
    expect(JSON.stringify(body)).toContain('Too many SOQL queries: 101');
  },
);

statement(
  'A flow that the clock starts for the records of its object runs for each that fulfils its conditions, with `$Record`.',
  async () => {
    const filter =
      '<filterLogic>and</filterLogic><filters><field>Family</field><operator>EqualTo</operator><value><stringValue>mug</stringValue></value></filters><object>Product2</object>';
    const schedule =
      '<schedule><frequency>Daily</frequency><startDate>2026-01-01</startDate><startTime>06:00:00.000Z</startTime></schedule><triggerType>Scheduled</triggerType>';
    const inner =
      create('Make', { LastName: { name: 'Upper' } }, {}, 'Contact') +
      formula('Upper', 'UPPER({!$Record.Name})') +
      get('Others', { object: 'Account', first: false, next: 'Each' }) +
      loop('Each', 'Others', undefined, 'Make') +
      variable('id');
    deploy({
      'flows/Daily.flow': launched(inner, 'Others').replace(
        '</start>',
        `${filter}${schedule}</start>`,
      ),
    });
    await save(products(110, { Family: 'mug' }));
    await save(products(2, { Family: 'cup' }));
    for (let hour = 0; hour < 4; hour++) {
      expect(runScheduled(http.org.data)).toEqual([]);
      now = new Date(now.getTime() + 3_600_000);
    }
    const made = await http.query('SELECT LastName FROM Contact ORDER BY LastName');
    expect(made).toHaveLength(110);
    expect(made[0]).toMatchObject({ LastName: 'P0' });
  },
);
