import { describe, expect, it } from 'vitest';
import {
  assignment,
  condition,
  decision,
  flow,
  formula,
  item,
  launched,
  outcome,
  send,
  variable,
  workflow,
} from '../../flow/test/flows.ts';
import { FlowOrg } from '../../flow/test/flow-org.ts';
import { deployFiles, failuresOf } from './packages.ts';

const org = new FlowOrg();
const after = { timing: 'RecordAfterSave' } as const;
const note = assignment('A', item('$Record.Note__c', 'x'));
const of = (inner: string): readonly string[] => org.problems(flow(inner));
const invalid = 'The formula expression is invalid: ';
const onlyRuns = (what: string): string =>
  `The local org does not run ${what} in flows. Leave it out, or deploy this flow to a real org.`;

it('a good flow has no problems', () => {
  expect(of(note)).toEqual([]);
  expect(org.problems(flow(send('A', 'parcel__c.note'), after))).toEqual([]);
});

describe('what is not run is refused by its name', () => {
  it.each([
    [
      '<recordDeletes><name>Find</name><locationX>0</locationX><locationY>0</locationY><object>Parcel__c</object></recordDeletes>',
      'recordDeletes (Find)',
    ],
    ['<isTemplate>true</isTemplate>', 'isTemplate'],
  ])('%s', (element, what) => {
    expect(of(`${note}${element}`)).toEqual([`7: ${onlyRuns(what)}`]);
  });

  it('also inside elements, with the name of these', () => {
    const late = '<timeoutConnector><targetReference>A</targetReference></timeoutConnector>';
    const call = send('A', 'Parcel__c.Note').replace('<nameSegment>', `${late}<nameSegment>`);
    expect(org.problems(flow(call, after))).toEqual([`7: ${onlyRuns('timeoutConnector (A)')}`]);
    const more = '<scheduledPaths><nope>1</nope></scheduledPaths>';
    expect(org.problems(flow(note, { more }))[0]).toMatch(/nope/);
  });

  it.each([
    [
      '<recordDeletes><name>Find</name><locationX>0</locationX><locationY>0</locationY></recordDeletes>',
      'Required field is missing: inputReference or object, of what Find deletes',
    ],
    [
      '<screens><name>Ask</name><locationX>0</locationX><locationY>0</locationY></screens>',
      'A flow of the type AutoLaunchedFlow cannot have screens: Ask',
    ],
    [
      '<recordCreates><name>Make</name><label>Make</label><locationX>0</locationX><locationY>0</locationY><inputReference>made</inputReference><object>Parcel__c</object></recordCreates>',
      'recordCreates takes an inputReference, or an object with inputAssignments, not both',
    ],
  ])('what no org runs is refused for its own reason: %s', (element, message) => {
    expect(of(`${note}${element}`)).toEqual([`7: ${message}`]);
  });

  it('and so are switches in another position', () => {
    const list = variable('V', 'Number').replace('false</isCollection>', 'true</isCollection>');
    expect(of(note + list)).toEqual([
      expect.stringMatching(/collections of text without a start value only; V is another one/),
    ]);
    const template = `<textTemplates><name>T</name><isViewedAsPlainText>false</isViewedAsPlainText><text>x</text></textTemplates>`;
    expect(of(note + template)).toEqual([
      '7: The local org runs flows with isViewedAsPlainText true only.',
    ]);
    const screen = flow(note).replace('AutoLaunchedFlow', 'Workflow');
    expect(org.problems(screen)).toEqual([
      '3: The local org runs flows with processType AutoLaunchedFlow only.',
    ]);
  });

  it('and a start when a record comes to meet conditions, without any for their lack', () => {
    const changed = 'doesRequireRecordChangedToMeetCriteria';
    const more = `<${changed}>true</${changed}>`;
    expect(org.problems(flow(note, { more }))).toEqual([
      `5: ${changed} can be true only where there are conditions: filters or a filterFormula`,
    ]);
    const formula = '<filterFormula>NOT(ISBLANK({!$Record.Name}))</filterFormula>';
    expect(org.problems(flow(note, { more: more + formula }))).toEqual([]);
  });

  const met =
    '<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria><filters><field>Code__c</field><operator>IsNull</operator><value><booleanValue>false</booleanValue></value></filters>';
  const later = (over: object = {}, first = ''): string => {
    const all = {
      name: 'Later',
      label: 'Later',
      offsetNumber: '0',
      offsetUnit: 'Minutes',
      recordField: 'Moment__c',
      timeSource: 'RecordField',
      ...over,
    };
    const inner = Object.entries(all).map(([name, text]) => `<${name}>${text}</${name}>`);
    const to =
      first === '' ? '' : `<connector><targetReference>${first}</targetReference></connector>`;
    return `<scheduledPaths>${to}${inner.join('')}</scheduledPaths>`;
  };

  it.each([
    [{ timeSource: 'RecordTriggerEvent' }, /with timeSource RecordField only/],
    [
      { pathType: 'AsyncAfterCommit' },
      /label cannot be set for ScheduledPath of PathType AsyncAfterCommit/,
    ],
    [{ offsetUnit: 'Weeks' }, /offsetUnit|Weeks/],
    [{ offsetUnit: 'Months' }, /takes Minutes, Hours or Days/],
    [{ recordField: 'Note__c' }, /recordField Note__c is no date of Parcel__c/],
    [{ recordField: 'Nope__c' }, /recordField Nope__c is no date of Parcel__c/],
    [{ name: '' }, /Required field is missing: name/],
    [{}, null],
  ] as const)('and a scheduled path with %o', (over, problem) => {
    const more = met + later(over);
    const problems = org.problems(flow(send('A', 'Parcel__c.Note'), { ...after, more }));
    if (problem === null) expect(problems).toEqual([]);
    else expect(problems.join('\n')).toMatch(problem);
  });

  it('and a scheduled path of every save, but of new records or right after the commit', () => {
    const call = send('A', 'Parcel__c.Note');
    const of = (saves: 'Create' | 'Update' | 'CreateAndUpdate', more: string) =>
      org.problems(flow(call, { ...after, saves, more }));
    const problem =
      '5: A scheduled path of a flow that changed records start runs only when a record is updated to meet the condition requirements: doesRequireRecordChangedToMeetCriteria true';
    expect(of('CreateAndUpdate', later())).toEqual([problem]);
    expect(of('Update', later() + met.replace('true<', 'false<'))).toEqual([problem]);
    expect(of('Create', later())).toEqual([]);
    const async =
      '<scheduledPaths><connector><targetReference>A</targetReference></connector><pathType>AsyncAfterCommit</pathType></scheduledPaths>';
    expect(of('CreateAndUpdate', async)).toEqual([]);
  });

  it('and the record as it was in a scheduled path', () => {
    const before = formula('Before', '{!$Record__Prior.Code__c} & "x"');
    const decide = (name: string, left: string): string =>
      decision(name, outcome(`${name}_Yes`, condition(left, 'EqualTo', 'x'), 'A'));
    const of = (elements: string, first: string, start: string) =>
      org.problems(
        flow(elements + send('A', 'Parcel__c.Note'), {
          ...after,
          first: start,
          more: met + later({}, first),
        }),
      );
    const problem = (name: string): string =>
      `7: ${name}: $Record__Prior can't be used in a scheduled path, which runs when the save is over`;
    expect(of(decide('D', '$Record__Prior.Code__c'), 'D', 'A')).toEqual([problem('D')]);
    expect(of(before + decide('D', 'Before'), 'D', 'A')).toEqual([problem('D')]);
    const behind = decide('C', '$Record.Code__c').replace('>A<', '>D<');
    expect(of(before + behind + decide('D', 'Before'), 'C', 'A')).toEqual([problem('D')]);
    // Where the save itself runs, it may.
    expect(of(before + decide('D', 'Before'), 'A', 'D')).toEqual([]);
  });
});

describe('start', () => {
  it('of a flow by its name has no scheduled paths', () => {
    const paths = '<scheduledPaths><name>Later</name></scheduledPaths></start>';
    expect(org.problems(launched(note).replace('</start>', paths))).toContainEqual(
      '6: Only a flow that a record starts can have scheduled paths',
    );
  });

  it('is a save of records that can have flows', () => {
    const starts =
      'The local org runs flows that are started by their name or by a save only: triggerType RecordBeforeSave or RecordAfterSave, recordTriggerType Create, Update, CreateAndUpdate; this one says';
    const platform = flow(note).replace('RecordBeforeSave', 'RecordBeforeDelete');
    expect(org.problems(platform.replace('CreateAndUpdate', 'Delete'))).toEqual([
      `5: ${starts} RecordBeforeDelete Delete.`,
    ]);
    expect(org.problems(flow(note, { object: 'Nope__c' }))).toEqual([
      "6: Entity of type 'CustomObject' named 'Nope__c' cannot be found",
    ]);
    expect(org.problems(flow(note, { first: 'Nope' }))).toEqual([
      '5: The targetReference Nope leads to no element of this flow',
    ]);
  });

  it.each([
    [
      'Update',
      'ISCHANGED({!$Record.Nope__c})',
      'Field $Record.Nope__c does not exist. Check spelling.',
    ],
    [
      'Update',
      '{!$Record.Code__c}',
      'Formula result is data type (Text), incompatible with expected data type (true or false).',
    ],
    [
      'Create',
      'ISCHANGED({!$Record.Code__c})',
      'Function ISCHANGED may not be used in this type of formula',
    ],
    [
      'CreateAndUpdate',
      'ISCHANGED({!$Record.Code__c})',
      'Function ISCHANGED may not be used in this type of formula',
    ],
    ['Update', 'ISBLANK(Code__c)', 'Field Code__c does not exist. Check spelling.'],
    [
      'Update',
      'NOT({!$Permission.Nope})',
      'Field $Permission.Nope does not exist. Check spelling.',
    ],
    ['Update', '{!V} = "x"', 'Field V does not exist. Check spelling.'],
    [
      'Update',
      'ISCHANGED({!$Record.Long__c})',
      'The local org does not tell in flows whether long text has changed: Long__c.',
    ],
    [
      'Create',
      'ISBLANK({!$Record__Prior.Code__c})',
      '$Record__Prior.Code__c: a flow that new records start has no $Record__Prior',
    ],
  ] as const)('%s refuses %s', (saves, source, problem) => {
    const inner = note + variable('V');
    expect(org.problems(flow(inner, { saves, formula: source }))).toEqual([
      `5: ${invalid}${problem}`,
    ]);
  });

  it('takes ISCHANGED at updates, ISNEW at both', () => {
    expect(
      org.problems(flow(note, { saves: 'Update', formula: 'ISCHANGED({!$Record.Code__c})' })),
    ).toEqual([]);
    expect(org.problems(flow(note, { formula: 'ISNEW()' }))).toEqual([]);
  });

  it('has a formula or filters, and a version that knows formulas', () => {
    const more =
      '<filters><field>Code__c</field><operator>IsNull</operator><value><booleanValue>true</booleanValue></value></filters>';
    expect(org.problems(flow(note, { formula: 'TRUE', more }))).toEqual([
      '5: A start has filters or a filterFormula, not both',
    ]);
    const old = flow(note, { formula: 'TRUE' }).replace('66.0', '54.0');
    expect(org.problems(old)).toEqual([
      '5: must specify a record filter or a formula: a filterFormula needs apiVersion 55.0 or later',
    ]);
    expect(org.problems(flow(note, { more: more.replace('Code__c', 'Nope__c') }))).toEqual([
      '5: Field $Record.Nope__c does not exist. Check spelling.',
    ]);
  });
});

describe('names', () => {
  it('have no double underscores, and stand once', () => {
    expect(org.problems(flow(note), 'Bad__Flow')).toEqual([
      expect.stringMatching(/^1: The name 'Bad__Flow' can only contain/),
    ]);
    expect(of(`${note}${variable('V__V')}`)).toEqual([
      expect.stringMatching(/^7: The name 'V__V' can only contain/),
    ]);
    expect(of(`${note}\n${variable('A')}`)).toEqual(['8: Duplicate name: A']);
  });
});

describe('assignments', () => {
  it.each([
    [item('$Record.Nope__c', 'x'), 'Field $Record.Nope__c does not exist. Check spelling.'],
    [
      item('$Record.Count__c', 'x'),
      "A value of the type Text can't be assigned to $Record.Count__c of the type Number",
    ],
    [item('$Record.Twice__c', 'x'), "The field $Record.Twice__c isn't writable"],
    [item('$Record.CreatedById', 'x'), "The field $Record.CreatedById isn't writable"],
    [
      item('$Record.Account__c', 'x'),
      'The local org does not emulate flows that assign lookups: $Record.Account__c.',
    ],
    [
      item('$Record.Account__r.Name', 'x'),
      '$Record.Account__r.Name is no field of the record; only such can be assigned',
    ],
    [
      item('$Record__Prior.Code__c', 'x'),
      '$Record__Prior.Code__c is neither a variable nor a field of $Record',
    ],
    [item('$Record.Code__c', { name: 'Nope' }), 'Field Nope does not exist. Check spelling.'],
    [
      item('$Record.Code__c', 'x', 'AddItem'),
      'The local org does not emulate the operator AddItem of assignments.',
    ],
    [
      item('$Record.Done__c', true, 'Add'),
      'The local org adds to text and numbers only; $Record.Done__c is Boolean.',
    ],
    [
      item('$Record.Share__c', 1),
      'The local org takes multi-select picklists and percents in formulas of flows only: $Record.Share__c.',
    ],
    [
      item('$Record.Code__c', 'a {!b}'),
      'The local org merges nothing into a stringValue; use a text template or a formula: a {!b}',
    ],
  ])('%s', (items, problem) => {
    expect(of(assignment('A', items))).toEqual([`7: ${problem}`]);
  });

  it('change the record before its save only', () => {
    expect(org.problems(flow(note, after))).toEqual([
      '7: $Record.Note__c: after the save an assignment to $Record changes nothing without an update of records',
    ]);
  });
});

describe('decisions', () => {
  const deciding = (conditions: string, logic?: string): readonly string[] =>
    of(`${note}\n${decision('D', `\n${outcome('Yes', `\n${conditions}`, 'A', logic)}`)}`);

  it.each([
    [
      condition('$Record.Count__c', 'EqualTo', 'x'),
      "Incorrect parameter type for operator '='. Expected Number, received Text",
    ],
    [
      condition('$Record.Count__c', 'Contains', 'x'),
      'The operator takes text; $Record.Count__c is Number',
    ],
    [
      condition('$Record.Code__c', 'IsNull', 'x'),
      'The value is of the type Text; Boolean is needed',
    ],
    [
      condition('$Record.Code__c', 'WasVisited', true),
      'The local org does not emulate the operator WasVisited in flows.',
    ],
    [condition('Nope', 'EqualTo', 'x'), 'Field Nope does not exist. Check spelling.'],
  ])('%s', (conditions, problem) => {
    expect(deciding(conditions)).toEqual([`10: ${problem}`]);
  });

  it('have logic that uses each condition', () => {
    const two = condition('$Record.Code__c', 'IsNull', true).repeat(2);
    expect(deciding(two, '1 AND 2 OR 1')).toEqual([
      '9: The condition logic 1 AND 2 OR 1 cannot be read; write it as 1 AND (2 OR 3)',
    ]);
    expect(deciding(two, '1')).toEqual([
      '9: The condition logic 1 must use each of the 2 conditions',
    ]);
    expect(deciding(two, '1 AND 3')).toEqual([
      '9: The condition logic 1 AND 3 must use each of the 2 conditions',
    ]);
    expect(deciding('')).toEqual(['9: An outcome needs a condition']);
  });
});

describe('resources', () => {
  it.each([
    [
      formula('X', 'LEN({!$Record.Code__c})'),
      `${invalid}Formula result is data type (Number), incompatible with expected data type (Text).`,
    ],
    [formula('X', '{!Y}') + formula('Y', '{!X}'), `${invalid}The resource X refers to itself`],
    [
      formula('X', 'IF(ISNEW(), "a", "b")'),
      `${invalid}Function ISNEW may not be used in this type of formula`,
    ],
    [variable('X', 'Number', 'x'), 'The value is of the type Text; Number is needed'],
    [variable('X', 'Picklist'), 'The local org does not emulate the data type Picklist in flows.'],
  ])('%s', (resource, problem) => {
    expect(of(note + resource)[0]).toBe(`7: ${problem}`);
  });
});

describe('actions', () => {
  const notify = (names: readonly string[]): string =>
    variable('Ids').replace('false</isCollection>', 'true</isCollection>') +
    ['customNotifTypeId', 'recipientIds', 'title', 'body', 'targetId']
      .filter((name) => ['customNotifTypeId', 'targetId', ...names].includes(name))
      .reduce(
        (call, name) =>
          call.replace(
            '<nameSegment>',
            `<inputParameters><name>${name}</name>${
              name === 'recipientIds'
                ? '<value><elementReference>Ids</elementReference></value>'
                : '<value><stringValue>x</stringValue></value>'
            }</inputParameters><nameSegment>`,
          ),
        send('A', 'customNotificationAction').replaceAll(
          'outboundMessage',
          'customNotificationAction',
        ),
      );
  it.each([
    [
      send('A', 'Parcel__c.Nope'),
      'In field: actionName - no WorkflowOutboundMessage named Parcel__c.Nope found',
    ],
    [send('A', 'Account.Note'), 'The outbound message Account.Note is not one of Parcel__c'],
    [send('A', 'Parcel__c.Note', undefined, ''), 'Required field is missing: flowTransactionModel'],
    [notify(['title', 'body']), 'Missing required input parameter: recipientIds'],
    [notify(['recipientIds', 'body']), 'Missing required input parameter: title'],
    [
      send('A', 'Parcel__c.Note').replace('outboundMessage', 'chatterPost'),
      'The local org does not run actions of the type chatterPost.',
    ],
  ])('%s', (call, problem) => {
    expect(org.problems(flow(call, after))).toEqual([`7: ${problem}`]);
  });

  it('are none before the save', () => {
    expect(of(send('A', 'Parcel__c.Note'))).toEqual([
      '7: A flow that runs before the save cannot call an action',
    ]);
  });

  it('may send a message of the same deploy', () => {
    const files = {
      'workflows/Contact.workflow': workflow({ New: {} }),
      'flows/F.flow': flow(send('A', 'Contact.New'), { ...after, object: 'Contact' }),
    };
    expect(failuresOf(deployFiles(org.data, files, { checkOnly: true }))).toEqual([]);
  });
});
