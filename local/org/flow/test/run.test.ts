import { beforeEach, describe, expect, it } from 'vitest';
import { elementLimitOf, runSteps, type Interview } from '../flow.ts';
import { runAlone } from '../parts/together.ts';
import { FlowOrg } from './flow-org.ts';
import {
  assignment,
  condition,
  decision,
  flow,
  formula,
  item,
  outcome,
  send,
  value,
  variable,
} from './flows.ts';

let org: FlowOrg;

beforeEach(() => {
  org = new FlowOrg();
});

/** What a new record has in Note__c after a flow with these elements. */
function noteAfter(inner: string, record: object = {}): unknown {
  org.deploy({ 'flows/F.flow': flow(inner) });
  return org.value(org.created(record), 'Note__c');
}

describe('assignments', () => {
  it('set fields of the record from literals, fields, globals and resources', () => {
    const inner =
      assignment(
        'A',
        item('$Record.Note__c', { name: '$Record.Code__c' }) +
          item('$Record.Count__c', 7) +
          item('$Record.Done__c', { name: '$GlobalConstant.True' }) +
          item('$Record.Day__c', { name: '$Flow.CurrentDate' }) +
          item('$Record.Moment__c', { name: '$Flow.CurrentDateTime' }) +
          item('$Record.Size__c', 'big') +
          item('$Record.Long__c', { name: 'Letter' }),
      ) +
      `<constants><name>Who</name><dataType>String</dataType>${value('Ada')}</constants>` +
      '<textTemplates><name>Letter</name><isViewedAsPlainText>true</isViewedAsPlainText><text>Dear {!Who}, {!$Record.Count__c} of {!$Record.Size__c}</text></textTemplates>';
    org.deploy({ 'flows/F.flow': flow(inner) });
    const id = org.created({ Code__c: 'x' });
    const names = ['Note__c', 'Count__c', 'Done__c', 'Day__c', 'Moment__c', 'Size__c', 'Long__c'];
    expect(names.map((name) => org.value(id, name))).toEqual([
      'x',
      7,
      1,
      '2026-03-01',
      '2026-03-01T10:00:00.000+0000',
      'big',
      'Dear Ada, 7 of big',
    ]);
  });

  it('add to texts and numbers, and give variables their start values for each record', () => {
    const inner =
      assignment(
        'A',
        item('Text', '!', 'Add') +
          item('Sum', 2, 'Add') +
          item('$Record.Note__c', { name: 'Text' }) +
          item('$Record.Count__c', { name: 'Sum' }),
      ) +
      variable('Sum', 'Number', 40) +
      variable('Text', 'String', 'hey');
    org.deploy({ 'flows/F.flow': flow(inner) });
    for (const result of org.create({}, {})) {
      const id = result.id ?? '';
      expect([org.value(id, 'Note__c'), org.value(id, 'Count__c')]).toEqual(['hey!', 42]);
    }
  });

  it('empty a field, and false is what is nothing in a checkbox', () => {
    const inner =
      assignment('A', item('$Record.Note__c', '') + item('$Record.Done__c', { name: 'Nothing' })) +
      variable('Nothing', 'Boolean');
    org.deploy({ 'flows/F.flow': flow(inner) });
    const id = org.created({ Note__c: 'x', Done__c: true });
    expect([org.value(id, 'Note__c'), org.value(id, 'Done__c')]).toEqual([null, 0]);
  });

  it('are refused as values of a call are', () => {
    const refusal = (code: string): object => {
      org.deploy({
        'flows/F.flow': flow(assignment('A', item('$Record.Size__c', { name: '$Record.Code__c' }))),
      });
      return org.create({ Code__c: code })[0] ?? {};
    };
    expect(refusal('huge')).toMatchObject({
      success: false,
      errors: [{ statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['Size__c'] }],
    });
    expect(refusal('small')).toMatchObject({ success: true });
  });
});

describe('decisions', () => {
  const noted = (name: string): string => assignment(name, item('$Record.Note__c', name));

  it.each([
    ['EqualTo', 'ab', 'Hit'],
    ['EqualTo', 'AB', 'Miss'],
    ['NotEqualTo', 'x', 'Hit'],
    ['NotEqualTo', 'ab', 'Miss'],
    ['StartsWith', 'a', 'Hit'],
    ['EndsWith', 'a', 'Miss'],
    ['Contains', 'b', 'Hit'],
    ['GreaterThan', 'aa', 'Hit'],
    ['LessThan', 'aa', 'Miss'],
    ['IsNull', false, 'Hit'],
    ['IsNull', true, 'Miss'],
    ['IsBlank', true, 'Miss'],
    ['IsChanged', true, 'Miss'],
  ] as const)('%s %s → %s', (operator, right, expected) => {
    const rules = outcome('Yes', condition('$Record.Code__c', operator, right), 'Hit');
    const inner = noted('Hit') + noted('Miss') + decision('A', rules, 'Miss');
    expect(noteAfter(inner, { Code__c: 'ab' })).toBe(expected);
  });

  it('compare nothing with nothing, and numbers and dates with their order', () => {
    const rules =
      outcome('Nothing', condition('$Record.Code__c', 'EqualTo', { name: 'Empty' }), 'None') +
      outcome('More', condition('$Record.Count__c', 'GreaterThanOrEqualTo', 5), 'Many');
    const inner =
      noted('None') +
      noted('Many') +
      noted('Few') +
      decision('A', rules, 'Few') +
      variable('Empty');
    org.deploy({ 'flows/F.flow': flow(inner) });
    const note = (record: object): unknown => org.value(org.created(record), 'Note__c');
    expect(note({})).toBe('None');
    expect(note({ Code__c: 'x', Count__c: 5 })).toBe('Many');
    expect(note({ Code__c: 'x', Count__c: 4 })).toBe('Few');
    expect(note({ Code__c: 'x' })).toBe('Few');
  });

  it.each([
    ['and', 'Miss'],
    ['or', 'Hit'],
    ['1 AND (2 OR 3)', 'Hit'],
    ['(1 and 2) or 3', 'Miss'],
    ['1 AND NOT (2 AND 3)', 'Hit'],
  ])('join their conditions by %s → %s', (logic, expected) => {
    const conditions =
      condition('$Record.Code__c', 'EqualTo', 'ab') +
      condition('$Record.Count__c', 'EqualTo', logic.startsWith('(') ? 1 : 2) +
      condition('$Record.Done__c', 'EqualTo', true);
    const inner =
      noted('Hit') +
      noted('Miss') +
      decision('A', outcome('Yes', conditions, 'Hit', logic), 'Miss');
    expect(noteAfter(inner, { Code__c: 'ab', Count__c: 2 })).toBe(expected);
  });

  it('end the flow where no path goes on', () => {
    const rules = outcome('Yes', condition('$Record.Code__c', 'EqualTo', 'x'));
    expect(noteAfter(noted('B') + decision('A', rules, 'B'), { Code__c: 'x' })).toBe(null);
  });
});

describe('formulas', () => {
  it('read the record as it is at that moment, variables and other formulas', () => {
    const inner =
      assignment(
        'A',
        item('$Record.Code__c', { name: 'Loud' }) + item('$Record.Note__c', { name: 'Loud' }),
      ) +
      formula('Loud', 'UPPER({!$Record.Code__c}) & {!Mark}') +
      variable('Mark', 'String', '!');
    expect(noteAfter(inner, { Code__c: 'x' })).toBe('X!!');
  });

  it('know the record before the save, which a new one has not', () => {
    const source =
      'IF(ISBLANK({!$Record__Prior.Code__c}), "none", {!$Record__Prior.Code__c}) & ">" & {!$Record.Code__c}';
    const inner =
      assignment('A', item('$Record.Note__c', { name: 'Both' })) + formula('Both', source);
    org.deploy({ 'flows/F.flow': flow(inner) });
    const id = org.created({ Code__c: 'a' });
    expect(org.value(id, 'Note__c')).toBe('none>a');
    org.update(id, { Code__c: 'b' });
    expect(org.value(id, 'Note__c')).toBe('a>b');
  });

  it('follow lookups, see long ids, and match whole texts with REGEX', () => {
    const account = org.data.object('Account');
    const id = '001000000000001AAA';
    if (account) org.data.insert(account, new Map(Object.entries({ Id: id, Name: 'Acme' })));
    const source = '{!$Record.Account__r.Name} & IF(REGEX({!$Record.Code__c}, "[ab]"), "1", "0")';
    const inner =
      assignment(
        'A',
        item('$Record.Note__c', { name: 'F1' }) +
          item('$Record.Long__c', { name: '$Record.Account__c' }),
      ) + formula('F1', source);
    expect(noteAfter(inner, { Account__c: id, Code__c: 'ab' })).toBe('Acme0');
    expect(org.value(org.created({ Account__c: id, Code__c: 'a' }), 'Note__c')).toBe('Acme1');
    expect(org.value(org.created({ Account__c: id }), 'Long__c')).toBe(id);
  });
});

describe('entry conditions', () => {
  const sends = (start: Parameters<typeof flow>[1]): void => {
    org.deploy({
      'flows/F.flow': flow(send('A', 'Parcel__c.Note'), { timing: 'RecordAfterSave', ...start }),
    });
  };

  it('are formulas that know what has changed', () => {
    sends({
      saves: 'Update',
      formula: 'ISCHANGED({!$Record.Code__c}) && {!$Record.Code__c} <> "no"',
    });
    const id = org.created({ Code__c: 'a' });
    org.update(id, { Note__c: 'b' });
    org.update(id, { Code__c: 'a' });
    org.update(id, { Code__c: 'no' });
    expect(org.queued()).toEqual([]);
    org.update(id, { Code__c: 'b' });
    expect(org.queued()).toEqual([`Parcel__c.Note ${id}`]);
  });

  it('are filters, joined by their logic', () => {
    const filter = (name: string, operator: string, right: string | boolean): string =>
      `<filters><field>${name}</field><operator>${operator}</operator>${value(right)}</filters>`;
    const more = `<filterLogic>or</filterLogic>${filter('Code__c', 'IsChanged', true)}${filter('Note__c', 'EqualTo', 'x')}`;
    sends({ saves: 'Update', more });
    const id = org.created({ Note__c: 'x' });
    org.update(id, { Count__c: 1 });
    org.update(id, { Note__c: 'y' });
    org.update(id, { Code__c: 'c' });
    expect(org.queued()).toHaveLength(2);
  });

  it.each([
    ['Create', 1],
    ['Update', 1],
    ['CreateAndUpdate', 2],
  ] as const)('%s starts at its saves only', (saves, times) => {
    sends({ saves });
    org.update(org.created({}), { Code__c: 'x' });
    expect(org.queued()).toHaveLength(times);
  });

  it('ask the custom permissions of the user who saves', () => {
    sends({ formula: 'NOT({!$Permission.Quiet})' });
    org.create({});
    const set = org.data.db.get(`SELECT Id FROM PermissionSet WHERE Name = 'Quiet'`)?.['Id'];
    org.data.db.run(
      'INSERT INTO PermissionSetAssignment (Id, AssigneeId, PermissionSetId, IsDeleted) VALUES (?, ?, ?, 0)',
      '0Pa000000000001AAA',
      org.userId,
      String(set),
    );
    org.create({}, {});
    expect(org.queued()).toHaveLength(1);
  });
});

describe('the order of execution', () => {
  const marks = (mark: string, settings = ''): string =>
    flow(
      assignment('A', item('$Record.Note__c', mark, 'Add')),
      {},
      `<status>Active</status>${settings}`,
    );

  it('is that of triggerOrder: numbers up to 1,000, flows without, higher numbers', () => {
    org.deploy({
      'flows/A.flow': marks('4', '<triggerOrder>1001</triggerOrder>'),
      'flows/B.flow': marks('3'),
      'flows/C.flow': marks('2', '<triggerOrder>1000</triggerOrder>'),
      'flows/D.flow': marks('1', '<triggerOrder>2</triggerOrder>'),
    });
    expect(org.value(org.created({ Note__c: '0' }), 'Note__c')).toBe('01234');
  });

  it('has flows before validation rules', () => {
    org.deploy({ 'flows/F.flow': flow(assignment('A', item('$Record.Code__c', 'bad'))) });
    expect(org.create({})[0]).toMatchObject({ errors: [{ message: 'Bad!' }] });
  });

  it('lets a flow fill a required field, and not empty one', () => {
    org.deploy({
      'flows/F.flow': flow(assignment('A', item('$Record.Must__c', { name: '$Record.Note__c' }))),
    });
    const [filled, empty, broken] = org.create(
      { Must__c: null, Note__c: 'n' },
      { Note__c: null },
      { Must__c: null, Code__c: 'x'.repeat(41) },
    );
    expect(org.value(filled?.id ?? '', 'Must__c')).toBe('n');
    const missing = { statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Must__c'] };
    expect(empty).toMatchObject({ errors: [missing] });
    expect(broken).toMatchObject({ errors: [{ statusCode: 'STRING_TOO_LONG' }, missing] });
  });
});

describe('a flow that cannot go on', () => {
  const words =
    "We can't save this record because the “Parcels” process failed. Give your Salesforce admin these details. ";

  it('refuses its record, not its neighbours, and sends nothing for it', () => {
    const rules = outcome('Yes', condition('Inverse', 'GreaterThan', 0), 'B');
    const inner =
      send('A', 'Parcel__c.Note', 'D') +
      send('B', 'Parcel__c.Other') +
      decision('D', rules) +
      formula('Inverse', '1 / {!$Record.Count__c}', 'Number');
    org.deploy({ 'flows/F.flow': flow(inner, { timing: 'RecordAfterSave' }) });
    const [first, second, third] = org.create({ Count__c: 1 }, { Count__c: 0 }, { Count__c: 2 });
    expect(second).toEqual({
      success: false,
      errors: [
        {
          statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
          message: `${words}Division by zero`,
          fields: [],
        },
      ],
    });
    expect(org.data.db.all('SELECT Id FROM Parcel__c')).toHaveLength(2);
    expect(org.queued()).toEqual(
      [first, third].flatMap((one) => [
        `Parcel__c.Note ${one?.id ?? ''}`,
        `Parcel__c.Other ${one?.id ?? ''}`,
      ]),
    );
  });

  it('executes 2,000 elements at most before API version 57.0, then as many as CPU time lets it', () => {
    const rules = (limit: number): string =>
      outcome('Yes', condition('Sum', 'LessThan', limit), 'A');
    const counting = (limit: number, version = '56.0'): string =>
      flow(
        assignment('A', item('Sum', 1, 'Add'), 'D') +
          decision('D', rules(limit), 'End') +
          variable('Sum', 'Number', 0),
      )
        .replace(
          '</assignments>',
          `</assignments>${assignment('End', item('$Record.Note__c', 'x'))}`,
        )
        .replace('66.0', version);
    org.deploy({ 'flows/F.flow': counting(999) });
    expect(org.create({})[0]?.success).toBe(true);
    org.deploy({ 'flows/F.flow': counting(1000) });
    expect(org.create({})[0]).toMatchObject({
      errors: [
        {
          statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
          message: `${words}Number of iterations exceeded: the flow has executed 2000 elements.`,
        },
      ],
    });
    org.deploy({ 'flows/F.flow': counting(1000, '57.0') });
    expect(org.create({})[0]?.success).toBe(true);
    const circle = {
      label: 'Circle',
      elementLimit: elementLimitOf(57),
      first: 'A',
      variables: new Map(),
      steps: new Map([['A', () => 'A']]),
    };
    expect(() => {
      runAlone(runSteps(circle, {} as Interview));
    }).toThrow('the flow has executed 100000 elements');
  });
});

describe('what is deployed', () => {
  it.each(['Draft', 'Obsolete'])('a flow that is %s does not run', (status) => {
    const inner = assignment('A', item('$Record.Note__c', 'x'));
    org.deploy({ 'flows/F.flow': flow(inner, {}, `<status>${status}</status>`) });
    expect(org.value(org.created({}), 'Note__c')).toBe(null);
  });

  it('a flow that is deployed again replaces the one before', () => {
    const of = (text: string): string => flow(assignment('A', item('$Record.Note__c', text)));
    org.deploy({ 'flows/F.flow': of('first') });
    org.created({});
    org.deploy({ 'flows/F.flow': of('second') });
    expect(org.value(org.created({}), 'Note__c')).toBe('second');
  });

  it('an undone call queues nothing', () => {
    org.deploy({
      'flows/F.flow': flow(send('A', 'Parcel__c.Note'), { timing: 'RecordAfterSave' }),
    });
    expect(() =>
      org.data.db.transaction(() => {
        org.create({});
        throw new Error('undone');
      }),
    ).toThrow('undone');
    expect(org.queued()).toEqual([]);
  });
});
