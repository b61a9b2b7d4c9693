import { expect } from 'vitest';
import { FlowOrg } from '../../../flow/test/flow-org.ts';
import {
  assignment,
  condition,
  decision,
  flow,
  formula,
  get,
  item,
  launched,
  outcome,
  send,
  variable,
  workflow,
} from '../../../flow/test/flows.ts';
import { describeMetadata, listMetadata } from '../../../metadata/retrieve/describe.ts';
import { deployFiles, failuresOf, file } from '../../../metadata/test/packages.ts';
import { expectEach } from './deploy-org.ts';
import { statement } from '../statement.ts';

const org = new FlowOrg();
const note = assignment('A', item('$Record.Note__c', 'x'));
const after = { timing: 'RecordAfterSave' } as const;
const invalid = 'The formula expression is invalid: ';

/** Problems of a flow, without their lines. */
const problems = (text: string, name?: string): readonly string[] =>
  org.problems(text, name).map((one) => one.replace(/^\d+: /, ''));
const notRun = (what: string): string =>
  `The local org does not run ${what} in flows. Leave it out, or deploy this flow to a real org.`;

statement(
  'The user of an outbound message is one of the org, its address begins with http, its fields exist, each once, and its API version is one that there is; it includes no session id and has no dead-letter queue.',
  () => {
    const message = { user: 'a@example.com', fields: ['Id', 'Code__c'], url: 'http://x/y' };
    const ofMessage = (change: object): readonly string[] => {
      const files = { 'workflows/Parcel__c.workflow': workflow({ M: { ...message, ...change } }) };
      const result = deployFiles(org.data, files, { checkOnly: true });
      return result.details.componentFailures.map((one) => one.problem ?? '');
    };
    const only = (option: string): string =>
      `The local org emulates outbound messages with ${option} false only.`;
    const yes = '<includeSessionId>true</includeSessionId>';
    expect(ofMessage({})).toEqual([]);
    expect(ofMessage({ user: 'x@y.z' })).toEqual([
      'In field: integrationUser - no User named x@y.z found',
    ]);
    expect(ofMessage({ url: '/sync' })).toEqual(['Invalid URL: "/sync"; it begins with https://']);
    expect(ofMessage({ fields: ['Nope__c', 'Id', 'Id'] })).toEqual([
      'In field: fields - no CustomField named Parcel__c.Nope__c found',
      'Duplicate field: Id',
    ]);
    expect(ofMessage({ version: '99.0' })).toEqual([
      'Invalid version specified: 99; write it as 66.0',
    ]);
    expect(ofMessage({ options: `${yes}<useDeadLetterQueue>true</useDeadLetterQueue>` })).toEqual([
      only('includeSessionId'),
      only('useDeadLetterQueue'),
    ]);
  },
);

statement(
  'Of a workflow the outbound messages are taken; its rules, alerts, field updates and tasks are not emulated.',
  () => {
    const rule =
      '<rules><fullName>R</fullName><active>true</active><triggerType>onCreateOnly</triggerType></rules>';
    const files = { 'workflows/Parcel__c.workflow': file('Workflow', rule) };
    expect(failuresOf(deployFiles(org.data, files))).toEqual([
      expect.stringContaining('The local org does not emulate the metadata type WorkflowRule yet.'),
    ]);
    const listed = listMetadata(org.data, 'WorkflowOutboundMessage', { id: '005', name: 'A' }, '');
    expect(listed).toContainEqual(
      expect.objectContaining({
        fullName: 'Parcel__c.Note',
        fileName: 'workflows/Parcel__c.workflow',
      }),
    );
    const { metadataObjects } = describeMetadata() as { metadataObjects: readonly object[] };
    expect(metadataObjects).toContainEqual(
      expect.objectContaining({
        xmlName: 'Workflow',
        childXmlNames: ['WorkflowOutboundMessage'],
        suffix: 'workflow',
      }),
    );
  },
);

statement(
  'A flow is started by its name, by the clock once a day, alone or for each record of an object, or by saves of an object: before or after them, for new records, changed ones or both. Its parts are assignments, decisions, formulas, variables, constants, text templates, and but for those before a save loops, Get Records, Create Records and Update Records with filters; actions and other flows that it runs, with values in and out; after a save also paths after a date of the record or after the commit. Anything else is refused by its name, and so are collections of anything but text.',
  () => {
    expect(problems(flow(note))).toEqual([]);
    const place = '<locationX>0</locationX><locationY>0</locationY>';
    const call = send('A', 'Parcel__c.Note');
    expectEach((sample) => problems(flow(sample, after)), {
      [call]: [],
      [call.replace('outboundMessage', 'emailAlert')]:
        'The local org does not run actions of the type emailAlert.',
      [`${call}<loops><name>Each</name><label>Each</label>${place}</loops>`]:
        'The local org loops over all records of a Get Records element only, not over .',
      [`${call}<isTemplate>true</isTemplate>`]: notRun('isTemplate'),
      [`${call}<screens><name>Ask</name>${place}</screens>`]:
        'A flow of the type AutoLaunchedFlow cannot have screens: Ask',
      [call + variable('V', 'Number').replace('>false</isCollection>', '>true</isCollection>')]:
        'The local org has collections of text without a start value only; V is another one.',
    });
    const path = '<name>P</name><pathType>AsyncAfterCommit</pathType>';
    const more = `<scheduledPaths>${path}</scheduledPaths>`;
    expect(problems(flow(note, { more }))).toEqual([
      'Only a flow that runs after the save can have scheduled paths',
    ]);
    expect(problems(flow(call, { ...after, more }))).toEqual([]);
    const daily = (frequency: string): string =>
      launched(note.replace('$Record.Note__c', 'V') + variable('V')).replace(
        '</start>',
        `<schedule><frequency>${frequency}</frequency><startDate>2026-03-01</startDate><startTime>06:00:00.000Z</startTime></schedule><triggerType>Scheduled</triggerType></start>`,
      );
    expectEach((sample) => problems(daily(sample)), {
      Daily: [],
      Weekly: 'The local org runs schedule-triggered flows with the frequency Daily only.',
      Hourly: 'A schedule-triggered flow runs Once, Daily, Weekly; this one says Hourly',
    });
    expect(problems(flow(note).replace('CreateAndUpdate', 'Delete'))).toEqual([
      'A flow that a delete starts runs before it: triggerType RecordBeforeDelete, not RecordBeforeSave',
    ]);
    const deleting = flow(note).replace('CreateAndUpdate', 'Delete');
    expect(problems(deleting.replace('RecordBeforeSave', 'RecordBeforeDelete'))).toEqual([
      expect.stringMatching(
        /^The local org runs flows that are started by their name or by a save only: /,
      ),
    ]);
  },
);

statement(
  'Names in a flow are API names, without two underscores in a row, and each is there once; connectors lead to elements, values to fields and resources of the right type.',
  () => {
    expect(problems(flow(note), 'A__b')).toEqual([expect.stringMatching(/^The name 'A__b' can/)]);
    expectEach((sample) => problems(flow(sample)), {
      [note + variable('A')]: 'Duplicate name: A',
      [assignment('A', item('$Record.Note__c', 'x'), 'Nope')]:
        'The targetReference Nope leads to no element of this flow',
      [assignment('A', item('$Record.Note__c', { name: 'Nope' }))]:
        'Field Nope does not exist. Check spelling.',
      [assignment('A', item('$Record.Count__c', 'x'))]:
        "A value of the type Text can't be assigned to $Record.Count__c of the type Number",
      [note + formula('X', 'LEN({!$Record.Note__c})')]:
        `${invalid}Formula result is data type (Number), incompatible with expected data type (Text).`,
      [note +
      decision('D', outcome('Yes', condition('$Record.Note__c', 'IsNull', true), 'A', '1 OR 2'))]:
        'The condition logic 1 OR 2 must use each of the 1 conditions',
    });
  },
);

statement(
  'The entry condition of a flow is filters or a formula that is true or false, which needs `apiVersion` 55.0; `ISCHANGED` and `PRIORVALUE` stand in those of flows that only changed records start.',
  () => {
    const filters =
      '<filters><field>Code__c</field><operator>IsNull</operator><value><booleanValue>true</booleanValue></value></filters>';
    const changed = 'ISCHANGED({!$Record.Code__c})';
    expect(problems(flow(note, { formula: changed, saves: 'Update' }))).toEqual([]);
    for (const saves of ['Create', 'CreateAndUpdate'] as const) {
      expect(problems(flow(note, { formula: changed, saves }))).toEqual([
        `${invalid}Function ISCHANGED may not be used in this type of formula`,
      ]);
    }
    expect(problems(flow(note, { formula: '{!$Record.Code__c}' }))).toEqual([
      `${invalid}Formula result is data type (Text), incompatible with expected data type (true or false).`,
    ]);
    expect(problems(flow(note, { formula: 'TRUE', more: filters }))).toEqual([
      'A start has filters or a filterFormula, not both',
    ]);
    expect(problems(flow(note, { formula: 'TRUE' }).replace('66.0', '54.0'))).toEqual([
      expect.stringMatching(/^must specify a record filter or a formula/),
    ]);
  },
);

statement(
  'A flow before the save assigns fields of the record that can be written, and sends nothing; one after the save assigns none, and sends outbound messages of its object, in `CurrentTransaction`.',
  () => {
    const set = (target: string): string => assignment('A', item(target, 'x'));
    expectEach((sample) => problems(flow(sample)), {
      [set('$Record.Nope__c')]: 'Field $Record.Nope__c does not exist. Check spelling.',
      [set('$Record.Twice__c')]: "The field $Record.Twice__c isn't writable",
      [send('A', 'Parcel__c.Note')]: 'A flow that runs before the save cannot call an action',
    });
    const transaction = '<flowTransactionModel>Automatic</flowTransactionModel>';
    expectEach((sample) => problems(flow(sample, after)), {
      [note]:
        '$Record.Note__c: after the save an assignment to $Record changes nothing without an update of records',
      [send('A', 'Parcel__c.Nope')]:
        'In field: actionName - no WorkflowOutboundMessage named Parcel__c.Nope found',
      [send('A', 'Account.Note')]: 'The outbound message Account.Note is not one of Parcel__c',
      [send('A', 'Parcel__c.Note', undefined, '')]:
        'Required field is missing: flowTransactionModel',
      [send('A', 'Parcel__c.Note', undefined, transaction)]:
        'The local org runs actions in CurrentTransaction only.',
    });
  },
);

statement(
  'A scheduled path by a date is of a flow that new records start, or changed ones that come to meet its conditions (`doesRequireRecordChangedToMeetCriteria`); nothing on it names `$Record__Prior`.',
  () => {
    const path = (first = 'A'): string =>
      `<scheduledPaths><name>L</name><connector><targetReference>${first}</targetReference></connector><label>L</label><offsetNumber>1</offsetNumber><offsetUnit>Hours</offsetUnit><recordField>Moment__c</recordField><timeSource>RecordField</timeSource></scheduledPaths>`;
    const met =
      '<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria>';
    const call = send('A', 'Parcel__c.Note');
    expect(problems(flow(call, { ...after, saves: 'Create', more: path() }))).toEqual([]);
    expect(problems(flow(call, { ...after, formula: 'TRUE', more: met + path() }))).toEqual([]);
    expect(problems(flow(call, { ...after, formula: 'TRUE', more: path() }))).toEqual([
      expect.stringMatching(
        /^A scheduled path of a flow that changed records start runs only when/,
      ),
    ]);
    const was = condition('$Record__Prior.Code__c', 'EqualTo', 'x');
    const asks = decision('D', outcome('Yes', was, 'A')) + call;
    const start = { ...after, formula: 'TRUE' };
    expect(problems(flow(asks, { ...start, first: 'D', more: met + path() }))).toEqual([]);
    expect(problems(flow(asks, { ...start, more: met + path('D') }))).toEqual([
      "D: $Record__Prior can't be used in a scheduled path, which runs when the save is over",
    ]);
  },
);

statement(
  'A call of `customNotificationAction` has `customNotifTypeId`, `recipientIds`, `title` and `body`; Get Records with a `sortOrder` has a `sortField`.',
  () => {
    const name = 'customNotificationAction';
    const call = send('A', name).replaceAll('outboundMessage', name);
    expect(problems(flow(call, after))).toEqual(
      ['customNotifTypeId', 'recipientIds', 'title', 'body'].map(
        (input) => `Missing required input parameter: ${input}`,
      ),
    );
    const sorted = (more: string) => problems(launched(get('A', { more })));
    expect(sorted('<sortField>Code__c</sortField><sortOrder>Asc</sortOrder>')).toEqual([]);
    expect(sorted('<sortOrder>Desc</sortOrder>')).toEqual([
      'Required field is missing: sortField, by which Get Records sorts Desc',
    ]);
  },
);
