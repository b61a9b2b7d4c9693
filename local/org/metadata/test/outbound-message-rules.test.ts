import { describe, expect, it } from 'vitest';
import { workflow } from '../../flow/test/flows.ts';
import { FlowOrg } from '../../flow/test/flow-org.ts';
import { deployFiles, failuresOf, file } from './packages.ts';

const org = new FlowOrg();

describe('outbound messages', () => {
  const problems = (
    message: Parameters<typeof workflow>[0][string],
    object = 'Parcel__c',
  ): readonly string[] => {
    const files = { [`workflows/${object}.workflow`]: workflow({ M: message }) };
    return failuresOf(deployFiles(org.data, files, { checkOnly: true })).map((one) =>
      one.replace(/^workflows\/\S+?:(\d+):\d+ WorkflowOutboundMessage \S+: /, '$1: '),
    );
  };
  const option = (name: string): string =>
    name === 'includeSessionId'
      ? '<includeSessionId>true</includeSessionId>'
      : `<includeSessionId>false</includeSessionId><${name}>true</${name}>`;

  it.each([
    [
      { user: 'nobody@example.com' },
      'In field: integrationUser - no User named nobody@example.com found',
    ],
    [
      { fields: ['Id', 'Nope__c'] },
      'In field: fields - no CustomField named Parcel__c.Nope__c found',
    ],
    [{ fields: ['Id', 'Code__c', 'code__c'] }, 'Duplicate field: code__c'],
    [{ url: 'ftp://x' }, 'Invalid URL: "ftp://x"; it begins with https://'],
    [{ version: '17.0' }, 'Invalid version specified: 17; write it as 66.0'],
    [
      { options: option('includeSessionId') },
      'The local org emulates outbound messages with includeSessionId false only.',
    ],
    [
      { options: option('useDeadLetterQueue') },
      'The local org emulates outbound messages with useDeadLetterQueue false only.',
    ],
  ])('%j', (message, problem) => {
    expect(problems(message)).toEqual([`2: ${problem}`]);
  });

  it('are good with an own user in any case, http and an old version', () => {
    expect(
      problems({
        user: 'B@Example.com',
        url: 'http://x/y',
        version: '8.0',
        fields: ['Id', 'Name'],
      }),
    ).toEqual([]);
  });

  it('belong to an object with records', () => {
    expect(problems({}, 'Nope__c')).toEqual([
      "workflows/Nope__c.workflow:1:1 Workflow Nope__c: Entity of type 'CustomObject' named 'Nope__c' cannot be found",
      "2: Entity of type 'CustomObject' named 'Nope__c' cannot be found",
      expect.stringContaining('no CustomField named Nope__c.Id found'),
    ]);
  });

  it('are the only part of a workflow that is taken', () => {
    const alert =
      '<rules><fullName>R</fullName><active>true</active><triggerType>onCreateOnly</triggerType></rules>';
    const files = { 'workflows/Parcel__c.workflow': file('Workflow', alert) };
    expect(failuresOf(deployFiles(org.data, files, { checkOnly: true }))).toEqual([
      'workflows/Parcel__c.workflow:2:1 WorkflowRule Parcel__c.R: The local org does not emulate the metadata type WorkflowRule yet. Leave it out of this deploy, or deploy it to a real org.',
    ]);
  });
});
