import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../../src/diagnostics/check/telling/recipients.ts';
import { checkTelling } from '../../../src/diagnostics/check/telling/telling.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import { picklistOf } from '../../support/field-lengths.ts';
import { short } from './ground.ts';

const REFUSED = new CodedError('SF_QUERY_REFUSED', 'No such object.', 'Grant it.');
const FLOWS = ['Service_Watch', 'Attention_Opened', 'Attention_Solved', 'Attention_Digest', 'Tell'];

const recipient = (over: OrgRow = {}): OrgRow => ({
  DeveloperName: 'Ada',
  Kind__c: 'User',
  Recipient__c: 'ada@example.com',
  Store__c: null,
  Causes__c: null,
  Bell__c: true,
  Mail__c: false,
  Digest__c: false,
  Solved__c: false,
  ...over,
});
const mailed = recipient({ Mail__c: true });
const grouped = recipient({ Kind__c: 'Group', Recipient__c: 'Shop_Staff' });

/** What each object answers; an org in which all is as it should be, but for what the test says. */
type Scene = Readonly<Record<string, readonly OrgRow[] | CodedError>>;

const GOOD: Scene = {
  Woo_Recipient__mdt: [recipient()],
  Woo_Store__mdt: [{ DeveloperName: 'Main_Store', Key__c: 'main', Sender__c: 'Shop@example.com' }],
  User: [{ Username: 'Ada@example.com', IsActive: true, ProfileId: '00e1' }],
  Group: [{ Id: '00G1', DeveloperName: 'Shop_Staff', Type: 'Regular' }],
  GroupMember: [{ GroupId: '00G1' }],
  FlowDefinitionView: FLOWS.map((name) => ({ ApiName: `Woo_${name}`, IsActive: true })),
  CustomNotificationType: [{ Id: '0ML1' }],
  OrgWideEmailAddress: [
    { Id: '0D21', Address: 'shop@example.com', IsVerified: true, IsAllowAllProfiles: false },
  ],
  OrgEmailAddressSecurity: [{ OrgWideEmailAddressId: '0D21', ParentId: '00e1' }],
};

async function told(over: Scene) {
  const scene = { ...GOOD, ...over };
  let calls = 0;
  const queries = (soql: readonly string[]) => {
    calls += 1;
    const answers = soql.map((one) => scene[/ FROM (\w+)/.exec(one)?.[1] ?? ''] ?? []);
    const refusal = answers.find((answer) => answer instanceof CodedError);
    if (refusal) return Promise.reject(refusal);
    return Promise.resolve(answers as readonly (readonly OrgRow[])[]);
  };
  const findings = await checkTelling({ org: { queries }, userId: () => Promise.resolve('0051') });
  return { findings, calls };
}

/** Without what is always to be looked at. */
async function saidOf(over: Scene): Promise<readonly string[]> {
  const { findings } = await told(over);
  return findings.map(short).filter((one) => !one.includes('DEFAULT_WORKFLOW_USER'));
}

const noFlow = (name: string) =>
  FLOWS.filter((one) => one !== name).map((one) => ({ ApiName: `Woo_${one}`, IsActive: true }));

describe('whom attentions reach', () => {
  it('is right where all is there; who the Default Workflow User is, a person looks at', async () => {
    const { findings, calls } = await told({});
    expect(findings.map(short)).toEqual(['hint DEFAULT_WORKFLOW_USER Default Workflow User']);
    expect(calls).toBeLessThanOrEqual(7);
    const silent = await told({ Woo_Recipient__mdt: [recipient({ Bell__c: false })] });
    expect(silent.calls, 'nobody asks for a type that nothing needs').toBe(calls - 1);
    expect(await saidOf({ Woo_Recipient__mdt: [mailed, grouped] })).toEqual([]);
  });

  it('costs one call where there is nobody, and is of no earlier version', async () => {
    const { findings, calls } = await told({ Woo_Recipient__mdt: [] });
    expect(findings.map(short)).toEqual(['hint RECIPIENTS_NONE Woo_Recipient']);
    expect(calls).toBe(1);
    expect(await saidOf({ Woo_Recipient__mdt: REFUSED })).toEqual([]);
  });

  it('knows the causes that there are', () => {
    expect(CAUSES).toEqual(picklistOf('Woo_Attention__c', 'Cause__c'));
  });

  it.each<[string, Scene, readonly string[]]>([
    ['a user who does not exist', { User: [] }, ['error RECIPIENT_UNKNOWN Ada']],
    [
      'a user who left',
      { User: [{ Username: 'ada@example.com', IsActive: false }] },
      ['error RECIPIENT_INACTIVE Ada'],
    ],
    [
      'a group that does not exist',
      { Woo_Recipient__mdt: [grouped], Group: [] },
      ['error RECIPIENT_UNKNOWN Ada'],
    ],
    [
      'a queue of the name of a group',
      { Woo_Recipient__mdt: [{ ...grouped, Kind__c: 'Queue' }] },
      ['error RECIPIENT_UNKNOWN Ada'],
    ],
    [
      'a group without members',
      { Woo_Recipient__mdt: [grouped], GroupMember: [] },
      ['warning RECIPIENT_EMPTY Ada'],
    ],
    [
      'a cause and a store that there are not',
      { Woo_Recipient__mdt: [recipient({ Causes__c: 'conflict; late', Store__c: 'outlet' })] },
      ['error RECIPIENT_CAUSE_UNKNOWN Ada', 'error RECIPIENT_STORE_UNKNOWN Ada'],
    ],
    [
      'a notification type that is missing',
      { CustomNotificationType: [] },
      ['error TELLING_TYPE_MISSING Woo_Attention'],
    ],
    [
      'a flow that is missing',
      { FlowDefinitionView: noFlow('Tell') },
      ['error TELLING_FLOW Woo_Tell'],
    ],
    [
      'a flow that is off',
      {
        FlowDefinitionView: [
          ...noFlow('Service_Watch'),
          { ApiName: 'Woo_Service_Watch', IsActive: false },
        ],
      },
      ['error TELLING_FLOW Woo_Service_Watch'],
    ],
    [
      'the flow of the digest, where somebody wants one',
      {
        Woo_Recipient__mdt: [recipient({ Digest__c: true })],
        FlowDefinitionView: noFlow('Attention_Digest'),
      },
      ['error TELLING_FLOW Woo_Attention_Digest'],
    ],
    ['the same, where nobody does', { FlowDefinitionView: noFlow('Attention_Digest') }, []],
    [
      'the flow of what is solved, where somebody wants to hear it',
      {
        Woo_Recipient__mdt: [recipient({ Solved__c: true })],
        FlowDefinitionView: noFlow('Attention_Solved'),
      },
      ['error TELLING_FLOW Woo_Attention_Solved'],
    ],
    ['the same, where nobody wants to', { FlowDefinitionView: noFlow('Attention_Solved') }, []],
    [
      'no sender, for who gets the digest alone',
      {
        Woo_Recipient__mdt: [recipient({ Digest__c: true, Bell__c: false })],
        Woo_Store__mdt: [{ DeveloperName: 'Main_Store', Key__c: 'main', Sender__c: null }],
      },
      ['warning SENDER_MISSING Main_Store'],
    ],
    [
      'a notification type that is missing, where no bell is to ring',
      { Woo_Recipient__mdt: [{ ...mailed, Bell__c: false }], CustomNotificationType: [] },
      [],
    ],
    [
      'no sender',
      {
        Woo_Recipient__mdt: [mailed],
        Woo_Store__mdt: [{ DeveloperName: 'Main_Store', Key__c: 'main', Sender__c: null }],
      },
      ['warning SENDER_MISSING Main_Store'],
    ],
    [
      'a sender that is not there',
      { Woo_Recipient__mdt: [mailed], OrgWideEmailAddress: [] },
      ['error SENDER_UNKNOWN Main_Store'],
    ],
    [
      'a sender that nobody has verified, of another profile',
      {
        Woo_Recipient__mdt: [mailed],
        OrgWideEmailAddress: [{ Id: '0D21', Address: 'shop@example.com', IsVerified: false }],
        OrgEmailAddressSecurity: [{ OrgWideEmailAddressId: '0D21', ParentId: '00e2' }],
      },
      ['error SENDER_UNVERIFIED Main_Store', 'warning SENDER_NOT_ALLOWED Main_Store'],
    ],
    [
      'what the integration user may not see',
      { Woo_Recipient__mdt: [mailed], OrgWideEmailAddress: REFUSED, FlowDefinitionView: REFUSED },
      ['hint TELLING_UNSEEN Woo_Recipient'],
    ],
  ])('names %s', async (_what, over, expected) => {
    expect(await saidOf(over)).toEqual(expected);
  });

  it('says no address, and has a place and a cure for each', async () => {
    const { findings } = await told({ Woo_Recipient__mdt: [mailed], OrgWideEmailAddress: [] });
    expect(JSON.stringify(findings)).not.toContain('hop@example.com');
    expect(findings.every(({ place, cure }) => place !== '' && cure !== '')).toBe(true);
  });
});
