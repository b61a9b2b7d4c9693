import { describe, expect, it } from 'vitest';
import { NOWHERE } from '../lib/install/outbound.ts';
import {
  base,
  fieldOf,
  node,
  nodes,
  outbound,
  permissionSets,
  picklist,
  project,
  read,
  rights,
  string,
  texts,
} from './project-metadata.ts';

/** Notices a service that is down. */
const WATCH = 'Woo_Service_Watch';
/** Tell people; the sync, which writes attentions, starts the first two. */
const TELLING = ['Woo_Attention_Opened', 'Woo_Attention_Solved'];

/* Flows and outbound messages say what they do, and run as whom they should. */

describe('what tells the sidecar of changes', () => {
  const flows = read(`{${base},${outbound}}/flows/*.xml`, 'Flow');
  const messages = read(`${outbound}/workflows/*.xml`, 'Workflow').flatMap(({ name, body }) =>
    nodes(body['outboundMessages']).map((message) => ({ object: name, message })),
  );

  it.each(['Product2', 'Woo_Command__c'])('%s has a flow for each way of saving', (object) => {
    const starts = flows
      .map(({ body }) => node(body['start']))
      .filter((start) => start['object'] === object)
      .filter((start) => start['triggerType'] === 'RecordAfterSave')
      .map((start) => string(start['recordTriggerType']));
    expect(starts.toSorted()).toEqual(['Create', 'Update']);
  });

  it.each(flows.map((flow) => [flow.name, flow.body] as const))(
    '%s is active, and explains itself in what Salesforce keeps of it',
    (_, body) => {
      expect(body['status']).toBe('Active');
      expect(string(body['description'])).toMatch(/^[A-Z].{20,253}\.$/s);
    },
  );

  it('takes back nobody’s save where a message cannot be sent: the fault path leads to what cannot fail, and ends', () => {
    const all = read('{force-app,config}/**/flows/*.xml', 'Flow');
    const sending = all.flatMap(({ name, body }) =>
      nodes(body['actionCalls'])
        .filter((call) => call['actionType'] === 'outboundMessage')
        .map((call) => ({ name, body, target: node(call['faultConnector'])['targetReference'] })),
    );
    expect(sending.map(({ name }) => name).toSorted()).toEqual([
      'Woo_Command_Created',
      'Woo_Command_Updated',
      'Woo_Issue_Decided',
      'Woo_Order_Created',
      'Woo_Order_Updated',
      'Woo_Product_Created',
      'Woo_Product_Updated',
    ]);
    for (const { name, body, target } of sending) {
      const to = nodes(body['assignments']).find((one) => one['name'] === target);
      expect([name, to !== undefined, to?.['connector']]).toEqual([name, true, undefined]);
      const assigned = nodes(to?.['assignmentItems']).map((one) => one['assignToReference']);
      const own = nodes(body['variables']).map((one) => one['name']);
      expect(own).toEqual(expect.arrayContaining(assigned));
    }
  });

  it('leaves no step without a fault path, but those that are repeated as a whole', () => {
    const all = read('{force-app,config}/**/flows/*.xml', 'Flow');
    const kinds = [
      'recordLookups',
      'recordUpdates',
      'recordCreates',
      'recordDeletes',
      'actionCalls',
    ];
    const bare = all.flatMap(({ name, body }) =>
      kinds
        .flatMap((kind) => nodes(body[kind]))
        .filter((step) => step['faultConnector'] === undefined)
        .map((step) => `${name}.${string(step['name'])}`),
    );
    expect(bare.toSorted()).toEqual([
      // Before anybody is told: Salesforce says it by mail, and the digest comes the day after.
      ...['Get_Open', 'Get_Solved', 'Get_Store'].map((step) => `Woo_Attention_Digest.${step}`),
      // Without the record there is nothing to tell.
      'Woo_Attention_Opened.Read_Again',
      'Woo_Attention_Solved.Read_Again',
      // Salesforce repeats a path that failed: a silence is looked at once more, and the watch goes on.
      ...['Read_Again', 'Unwatch', 'Watch_Again'].map((step) => `Woo_Service_Watch.${step}`),
    ]);
  });

  const isOfSaves = ({ body }: (typeof flows)[number]) =>
    node(body['start'])['object'] !== undefined;

  it('the watch over the service is skipped for nobody: the sync itself starts it', () => {
    const start = node(flows.find(({ name }) => name === WATCH)?.body['start']);
    expect(start).toMatchObject({ object: 'Woo_Store_Status__c' });
    expect(start['filterFormula']).toBeUndefined();
  });

  it.each(TELLING)('%s is skipped for nobody, and holds up no save', (name) => {
    const start = node(flows.find((flow) => flow.name === name)?.body['start']);
    expect(start).toMatchObject({
      object: 'Woo_Attention__c',
      doesRequireRecordChangedToMeetCriteria: 'true',
    });
    expect(start['filterFormula']).toBeUndefined();
    expect(start['connector']).toBeUndefined();
    expect(node(start['scheduledPaths'])['pathType']).toBe('AsyncAfterCommit');
  });

  const isOfTheClock = ({ body }: (typeof flows)[number]) =>
    node(body['start'])['triggerType'] === 'Scheduled';
  const isTold = (flow: (typeof flows)[number]) =>
    isOfSaves(flow) && !isOfTheClock(flow) && ![WATCH, ...TELLING].includes(flow.name);

  it.each(flows.filter(isTold).map((flow) => [flow.name, flow.body] as const))(
    '%s is skipped for nobody but the user of the sync',
    (_, body) => {
      const { recordTriggerType, filterFormula, filters, object } = node(body['start']);
      const skipped = 'NOT({!$Permission.Woo_Sync_Bypass})';
      // The sync writes issues itself, over and over; only what a person has decided is news.
      const isIssue = object === 'Woo_Sync_Issue__c';
      const wanted = isIssue ? `AND(${skipped}, ISCHANGED({!$Record.Resolution__c}))` : skipped;
      // `woo-salesforce reload` gives a command as the user of the sync, which never makes one otherwise.
      const isGiven = object === 'Woo_Command__c' && recordTriggerType === 'Create';
      expect(filterFormula).toBe(isGiven ? undefined : wanted);
      expect(filters).toBeUndefined();
    },
  );

  const isNamed = (flow: (typeof flows)[number]) => !isOfSaves(flow) && !isOfTheClock(flow);

  it.each(flows.filter(isNamed).map((flow) => [flow.name, flow.body] as const))(
    '%s runs as whoever starts it, for those whose permission set names it',
    (name, body) => {
      expect(body).toMatchObject({
        isAdditionalPermissionRequiredToRun: 'true',
        runInMode: 'DefaultMode',
      });
      const granting = permissionSets.filter(({ body: set }) =>
        nodes(set['flowAccesses']).some((one) => one['flow'] === name && one['enabled'] === 'true'),
      );
      expect(granting.map((set) => set.name)).toContain('Woo_Admin');
    },
  );

  it.each(
    flows
      .filter((flow) => !isOfSaves(flow))
      .flatMap((flow) => nodes(flow.body['variables']).map((one) => [flow.name, one] as const)),
  )('%s explains each variable to flows and agents', (_, variable) => {
    expect(string(variable['description'])).toMatch(/^[A-Za-z].{10,253}\.$/s);
  });

  it.each(['Woo_Explain_Record', 'Woo_Sync_Now'])(
    '%s names each resource that a command may be about',
    (name) => {
      const flow = flows.find((one) => one.name === name);
      const resource = nodes(flow?.body['variables']).find((one) => one['name'] === 'resource');
      const named = string(resource?.['description']).match(/[a-z_]+/g);
      const choices = picklist(fieldOf('Woo_Command__c', 'Resource__c'));
      expect(choices.length).toBeGreaterThan(0);
      expect(named).toEqual(expect.arrayContaining([...choices]));
    },
  );

  it.each(messages.map((one) => [string(one.message['name']), one] as const))(
    '%s takes neither a session nor what its user may not read along',
    (_, { object, message }) => {
      expect(message).toMatchObject({ includeSessionId: 'false', useDeadLetterQueue: 'false' });
      const granted = rights('Woo_Integration');
      const unreadable = texts(message['fields'])
        .filter((field) => field.endsWith('__c'))
        .filter((field) => granted.get(`${object}.${field}`)?.read !== true);
      expect(unreadable).toEqual([]);
    },
  );

  it('is sent where, and as whom, the deploy says', () => {
    const found = messages.map(({ message }) => [
      message['endpointUrl'],
      message['integrationUser'],
    ]);
    const placeholders = project.replacements
      .filter(({ glob = '' }) => glob.startsWith(`${outbound}/workflows/`))
      .map(({ replaceWithEnv, stringToReplace }) => [replaceWithEnv, stringToReplace] as const);
    expect(placeholders.map(([variable]) => variable)).toEqual([
      'WOO_SYNC_ENDPOINT',
      'WOO_SYNC_USERNAME',
    ]);
    const wanted = placeholders.map(([, text]) => text);
    expect(found).toEqual([wanted, wanted, wanted]);
    expect(wanted[0]).toBe(NOWHERE);
  });
});
