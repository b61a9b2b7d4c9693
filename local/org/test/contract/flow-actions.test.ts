import { afterAll, beforeAll, describe, expect } from 'vitest';
import {
  assignment,
  condition,
  create,
  decision,
  formula,
  get,
  item,
  launched,
  loop,
  outcome,
  side,
  variable,
} from '../../flow/test/flows.ts';
import { deployFiles, failuresOf, type Files } from '../../metadata/test/packages.ts';
import { deployTestObjects, order as testOrder } from '../objects.ts';
import { outcome as outcomeOf, RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

interface Result {
  readonly isSuccess: boolean;
  readonly errors: readonly { readonly message: string }[] | null;
  readonly outputValues: Readonly<Record<string, unknown>> | null;
}

const ROOT = '/actions/custom/flow';
const restricted =
  '<isAdditionalPermissionRequiredToRun>true</isAdditionalPermissionRequiredToRun>';
const text = side('given', 'in') + side('told', 'out');

/** Adds the names of what a Get Records element finds, with a semicolon behind each. */
const names = (filters: Parameters<typeof get>[1]): string =>
  get('A', { object: 'Woo_Order__c', fields: ['Name'], first: false, next: 'Each', ...filters }) +
  loop('Each', 'A', 'Add') +
  assignment('Add', item('told', { name: 'More' }), 'Each') +
  formula('More', '{!told} & {!Each.Name} & ";"') +
  text;

const files: Files = {
  'flows/Echo.flow': launched(
    assignment('A', item('told', { name: 'given' }) + item('twice', { name: 'Doubled' })) +
      formula('Doubled', '{!number} * 2', 'Number') +
      text +
      side('number', 'in', 'Number') +
      side('twice', 'out', 'Number') +
      side('both', 'in out', 'Boolean'),
    'A',
    restricted,
  ),
  'flows/Open.flow': launched(assignment('A', item('told', 'open')) + text),
  'flows/Draft.flow': launched(assignment('A', item('told', 'x')) + text).replace(
    '<status>Active',
    '<status>Draft',
  ),
  'flows/Own.flow': launched(
    names({
      filters: [['Name', 'StartsWith', { name: 'given' }]],
      more: '<sortField>Name</sortField><sortOrder>Desc</sortOrder>',
    }),
  ),
  'flows/Back.flow': launched(
    names({
      filters: [['Name', 'StartsWith', { name: 'given' }]],
      more: '<sortField>Name</sortField><sortOrder>Desc</sortOrder>',
    }).replace('<iterationOrder>Asc', '<iterationOrder>Desc'),
  ),
  'flows/Used.flow': launched(
    names({ fields: [], filters: [['Name', 'StartsWith', { name: 'given' }]] }),
  ),
  'flows/Either.flow': launched(
    names({
      filters: [
        ['Name', 'EqualTo', { name: 'given' }],
        ['Total__c', 'GreaterThan', 90],
        ['Deleted_In_Woo__c', 'EqualTo', false],
      ],
      logic: '(1 OR 2) AND 3',
    }),
  ),
  'flows/One.flow': launched(
    get('A', {
      object: 'Woo_Order__c',
      fields: ['Name', 'Total__c', 'Created_In_Woo__c'],
      filters: [['Name', 'EqualTo', { name: 'given' }]],
      next: 'There',
    }) +
      decision('There', outcome('Yes', condition('A', 'IsNull', false), 'Tell'), 'Nothing') +
      assignment('Tell', item('told', { name: 'Line' })) +
      assignment('Nothing', item('told', 'nothing')) +
      formula('Line', 'TEXT(DATEVALUE({!A.Created_In_Woo__c})) & " " & TEXT({!A.Total__c})') +
      text,
  ),
  'flows/Bare.flow': launched(
    get('A', {
      object: 'Woo_Order__c',
      fields: ['Store__c'],
      next: 'Tell',
      filters: [['Name', 'EqualTo', { name: 'given' }]],
    }) +
      assignment('Tell', item('told', { name: 'A.Store__c' })) +
      text,
  ),
  'flows/Blank.flow': launched(
    get('A', {
      object: 'Woo_Order__c',
      fields: ['Name'],
      next: 'Tell',
      filters: [['Name', 'EqualTo', { name: 'given' }]],
    }) +
      assignment('Tell', item('told', { name: 'Line' })) +
      formula('Line', '"[" & {!A.Name} & "]"') +
      text,
  ),
  'flows/Make.flow': launched(
    create(
      'A',
      { Name: { name: 'given' }, Store__c: 'main' },
      { next: 'Other', fault: 'Say' },
      'Woo_Order__c',
    ) +
      create(
        'Other',
        { Name: { name: 'given' }, Code__c: { name: 'given' } },
        { fault: 'Say' },
        'Woo_Order__c',
      ) +
      assignment('Say', item('told', { name: '$Flow.FaultMessage' })) +
      side('id', 'out') +
      text,
  ),
  'flows/Fail.flow': launched(
    create('A', { Name: { name: 'given' } }, { next: 'Then' }, 'Woo_Order__c') +
      assignment('Then', item('number', { name: 'Wrong' })) +
      formula('Wrong', '1 / VALUE("0")', 'Number') +
      variable('number', 'Number') +
      side('id', 'out') +
      side('given', 'in'),
  ),
};

let org: RightsOrg;
let reader: User;
let nobody: User;
const order = (Name: string, more: Record<string, string | number> = {}): string =>
  org.insert('Woo_Order__c', { Name, Deleted_In_Woo__c: 0, OwnerId: reader.id, ...more });

async function start(user: User, flow: string, ...inputs: object[]): Promise<readonly Result[]> {
  return (await user.rest('POST', `${ROOT}/${flow}`, { inputs })).body as Result[];
}

const told = async (user: User, flow: string, given: string): Promise<unknown> =>
  (await start(user, flow, { given }))[0]?.outputValues?.['told'];

beforeAll(async () => {
  org = await RightsOrg.start({}, (data) => {
    deployTestObjects(data);
    data.begin();
    data.putObjects([{ ...testOrder, sharingModel: 'Private' }]);
    data.commit();
    const failures = failuresOf(deployFiles(data, files));
    if (failures.length > 0) throw new Error(failures.join('\n'));
  });
  nobody = org.person('nobody@local-org.example', 'Standard User');
  reader = org.person('reader@local-org.example', 'Standard User');
  reader.grant({
    flows: ['Echo'],
    objects: { Woo_Order__c: 'read create' },
    read: [
      'Woo_Order__c.Total__c',
      'Woo_Order__c.Created_In_Woo__c',
      'Woo_Order__c.Deleted_In_Woo__c',
    ],
    edit: ['Woo_Order__c.Store__c', 'Woo_Order__c.Code__c'],
  });
});
afterAll(() => org.close());

statement(
  'An active flow that only its name starts is described and started at `/actions/custom/flow/{name}`. Its inputs and outputs are variables that are texts, numbers or checkboxes; `Flow__InterviewStatus` comes along. Each of the `inputs` of a call, 200 at most, is an interview of its own.',
  async () => {
    const { body } = await reader.rest('GET', `${ROOT}/Echo`);
    expect(body).toMatchObject({
      name: 'Echo',
      label: 'Parcels',
      type: 'FLOW',
      standard: false,
      inputs: [
        { name: 'given', type: 'STRING' },
        { name: 'number', type: 'NUMBER' },
        { name: 'both', type: 'BOOLEAN', required: false },
      ],
      outputs: [
        { name: 'Flow__InterviewStatus' },
        { name: 'told' },
        { name: 'twice' },
        { name: 'both' },
      ],
    });
    const given = [
      { given: 'x', number: 4, both: true },
      { given: 'y', number: 0.5 },
    ];
    expect((await start(reader, 'Echo', ...given)).map((one) => one.outputValues)).toEqual([
      { told: 'x', twice: 8, both: true, Flow__InterviewStatus: 'Finished' },
      { told: 'y', twice: 1, both: null, Flow__InterviewStatus: 'Finished' },
    ]);
    expect(outcomeOf(await reader.rest('POST', `${ROOT}/Draft`, { inputs: [{}] }))).toBe(
      '404 NOT_FOUND',
    );
  },
);

statement(
  'An input that the flow has not or that is of another type, and a body without `inputs`, are refused with 400 `INVALID_INPUT`.',
  async () => {
    const asked = async (body: unknown) =>
      outcomeOf(await reader.rest('POST', `${ROOT}/Echo`, body));
    expect(await asked({ inputs: [{ nope: 1 }] })).toBe('400 INVALID_INPUT');
    expect(await asked({ inputs: [{ given: 1 }] })).toBe('400 INVALID_INPUT');
    expect(await asked({ inputs: [] })).toBe('400 INVALID_INPUT');
    expect(await asked({ given: 'x' })).toBe('400 INVALID_INPUT');
    expect(await asked({ inputs: Array.from({ length: 201 }, () => ({})) })).toBe(
      '400 INVALID_INPUT',
    );
  },
);

statement(
  'A flow with `isAdditionalPermissionRequiredToRun` is started and seen by those whose permission sets name it in `flowAccesses`, administrators too; others by those who have _Run Flows_ (`RunFlow`) as well. All others are refused with 403 `INSUFFICIENT_ACCESS`, and `/actions/custom/flow` lists what the user may start.',
  async () => {
    const listed = async (user: User) =>
      ((await user.rest('GET', ROOT)).body as { actions: { name: string }[] }).actions.map(
        ({ name }) => name,
      );
    expect(await listed(reader)).toEqual(expect.arrayContaining(['Echo', 'Open']));
    expect(await listed(nobody)).not.toContain('Echo');
    for (const user of [nobody, org.admin]) {
      expect(outcomeOf(await user.rest('POST', `${ROOT}/Echo`, { inputs: [{}] }))).toBe(
        '403 INSUFFICIENT_ACCESS',
      );
    }
    expect(await told(nobody, 'Open', '')).toBe('open');
    expect(outcomeOf(await org.integration.rest('GET', `${ROOT}/Open`))).toMatch(/^40[13] /);
  },
);

describe('what it reads and creates', () => {
  statement(
    'Get Records and Create Records go by the rights and the sharing of whoever starts the flow. The fields in `queriedFields` can be used, and the id; without `queriedFields` those are read that the flow uses; filters compare as SOQL does and are joined by their logic; a loop goes over all records of a Get Records element, from the first or from the last.',
    async () => {
      order('S1', { Total__c: 10, Created_In_Woo__c: '2026-03-01T10:00:00.000+0000' });
      order('S2', { Total__c: 95 });
      order('S3', { Total__c: 99, Deleted_In_Woo__c: 1 });
      order('S4', { OwnerId: org.admin.id });
      order("S'_%");
      expect(await told(reader, 'Own', 'S')).toBe("S3;S2;S1;S'_%;");
      expect(await told(reader, 'Used', "S'_")).toBe("S'_%;");
      expect(await told(reader, 'Back', 'S')).toBe("S'_%;S1;S2;S3;");
      expect(await told(reader, 'Own', "S'_")).toBe("S'_%;");
      expect(await told(reader, 'Own', 'S_')).toBe(null);
      expect(await told(reader, 'Either', 'S1')).toBe('S1;S2;');
      expect(await told(reader, 'One', 'S1')).toBe('2026-03-01 10');
      expect(await told(reader, 'One', 'S4')).toBe('nothing');
    },
  );

  statement(
    'An element that reads a field of a Get Records which found nothing stops the flow (_failed to access the value_); a formula and a text template take it for blank.',
    async () => {
      order('B1', { Store__c: 'main' });
      expect(await told(reader, 'Bare', 'B1')).toBe('main');
      const { status, body } = await reader.rest('POST', `${ROOT}/Bare`, {
        inputs: [{ given: 'None' }],
      });
      const message = expect.stringContaining(
        'failed to access the value for A.Store__c',
      ) as string;
      expect([status, body]).toMatchObject([400, [{ isSuccess: false, errors: [{ message }] }]]);
      expect(await told(reader, 'Blank', 'B1')).toBe('[B1]');
      expect(await told(reader, 'Blank', 'None')).toBe('[]');
    },
  );

  statement(
    'An element that fails takes its fault path, where `$Flow.FaultMessage` says why in the words of the API; without one the interview ends with `isSuccess` false, the call with 400, and what the interview has created is taken back.',
    async () => {
      const made = (await start(reader, 'Make', { given: 'M1' }))[0]?.outputValues;
      expect(org.value('Woo_Order__c', String(made?.['id']), 'Code__c')).toBe('M1');
      expect(await told(reader, 'Make', 'M1')).toMatch(
        /^This error occurred when the flow tried to create records: DUPLICATE_VALUE: /,
      );
      expect(await told(nobody, 'Make', 'M2')).toMatch(/create records: INVALID_TYPE: /);
      const { status, body } = await nobody.rest('POST', `${ROOT}/Own`, {
        inputs: [{ given: 'S' }],
      });
      expect([status, (body as Result[])[0]]).toMatchObject([
        400,
        {
          isSuccess: false,
          outputValues: null,
          errors: [{ message: expect.stringContaining('INVALID_TYPE') as string }],
        },
      ]);
      const [failed] = await start(reader, 'Fail', { given: 'Gone' });
      expect(failed).toMatchObject({ isSuccess: false });
      expect(await told(reader, 'One', 'Gone')).toBe('nothing');
    },
  );
});
