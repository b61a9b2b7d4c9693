import { afterEach, beforeEach, expect } from 'vitest';
import { assignment, flow, get, item, launched, variable } from '../../flow/test/flows.ts';
import type { Interview } from '../../flow/flow.ts';
import { runScheduled } from '../../flow/timed/scheduled.ts';
import { deployFiles, failuresOf, file, type Files } from '../../metadata/test/packages.ts';
import { recordsOf } from '../../rest/flow-records.ts';
import { HttpOrg } from './http-org.ts';
import { statement } from './statement.ts';

type Inputs = Readonly<Record<string, string | readonly string[]>>;
type Action = Parameters<Interview['perform']>[0];

const SENDER = 'shop@local-org.example';
let now: Date;
let http: HttpOrg;
let admin: string;
let typeId: string;

function deploy(files: Files): void {
  expect(failuresOf(deployFiles(http.org.data, files))).toEqual([]);
}

const insert = async (type: string, record: object): Promise<string> => {
  const { status, body } = await http.rest('POST', `/sobjects/${type}`, record);
  expect(status, JSON.stringify(body)).toBe(201);
  return (body as { id: string }).id;
};

/** What the org says to an action of a flow in system context; undefined where it does it. */
function refusal(action: Action, inputs: Inputs): string | undefined {
  const { data } = http.org;
  try {
    recordsOf(data, { userId: admin }).perform(action, new Map(Object.entries(inputs)));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const sent = async (): Promise<unknown> => (await http.ask('GET', '/local/sent')).body;
const many = (count: number, text = 'a@b.example'): readonly string[] =>
  Array.from({ length: count }, (_, at) => text.replace('a', `a${at}`));

beforeEach(async () => {
  now = new Date('2026-03-01T05:00:00Z');
  // The org itself would now and then run what these tests run.
  http = await HttpOrg.start({
    now: () => now,
    sessionSeconds: 1_000_000,
    runsWhatIsDue: false,
  });
  const { data } = http.org;
  admin = String(data.db.get("SELECT Id FROM User WHERE Alias = 'aadmin'")?.['Id']);
  const inner =
    '<customNotifTypeName>News</customNotifTypeName><desktop>true</desktop><masterLabel>News</masterLabel><mobile>true</mobile>';
  deploy({ 'notificationtypes/News.notiftype': file('CustomNotificationType', inner) });
  typeId = String(data.db.get('SELECT Id FROM CustomNotificationType')?.['Id']);
});
afterEach(() => http.close());

const bell = (more: Inputs = {}): Inputs => ({
  customNotifTypeId: typeId,
  recipientIds: [admin],
  title: 'T',
  body: 'B',
  targetId: admin,
  ...more,
});
const mail = (more: Inputs = {}): Inputs => ({
  emailAddresses: 'a@b.example',
  emailSubject: 'S',
  emailBody: 'B',
  senderType: 'OrgWideEmailAddress',
  senderAddress: SENDER,
  ...more,
});
const address = (more: object = {}): Promise<string> =>
  insert('OrgWideEmailAddress', {
    Address: SENDER,
    DisplayName: 'Shop',
    IsAllowAllProfiles: true,
    IsVerified: true,
    ...more,
  });

statement(
  'The actions of flows tell people: `customNotificationAction` rings for users, groups and queues, `emailSimple` sends from an organization-wide address. `GET /local/sent` lists what was sent, `POST /local/sent/reset` forgets it.',
  async () => {
    await address();
    const group = await insert('Group', { Name: 'Q', DeveloperName: 'Q', Type: 'Queue' });
    await insert('GroupMember', { GroupId: group, UserOrGroupId: admin });
    expect(await http.query("SELECT DeveloperName FROM Group WHERE Type = 'Queue'")).toMatchObject([
      { DeveloperName: 'Q' },
    ]);
    expect(refusal('customNotificationAction', bell({ recipientIds: [group] }))).toBeUndefined();
    expect(refusal('emailSimple', mail({ emailAddressesArray: ['c@d.example'] }))).toBeUndefined();
    expect(await sent()).toMatchObject([
      {
        kind: 'notification',
        type: 'News',
        recipients: [group],
        title: 'T',
        body: 'B',
        users: [http.org.adminUsername],
      },
      { kind: 'email', from: SENDER, to: ['a@b.example', 'c@d.example'], subject: 'S' },
    ]);
    await http.ask('POST', '/local/sent/reset', {});
    expect(await sent()).toEqual([]);
  },
);

statement(
  '`GET /local/notifications` tells the user of the token the newest 50 custom notifications that they heard, newest first, which the bell of the Lightning host shows.',
  async () => {
    const { repUsername } = http.org;
    const rep = String(
      http.org.data.db.get('SELECT Id FROM User WHERE Username = ?', repUsername)?.['Id'],
    );
    for (const title of ['First', 'Second']) {
      refusal('customNotificationAction', bell({ title, recipientIds: [admin] }));
    }
    refusal('customNotificationAction', bell({ title: 'Other', recipientIds: [rep] }));
    const heard = async (token: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await http.ask('GET', '/local/notifications', undefined, headers)).body;
    };
    const own = { body: 'B', target: admin };
    expect(await heard(http.org.adminToken)).toMatchObject([
      { title: 'Second', ...own },
      { title: 'First', ...own },
    ]);
    expect(await heard(http.org.repToken)).toMatchObject([{ title: 'Other' }]);
    expect(await heard('none')).toMatchObject([{ errorCode: 'INVALID_SESSION_ID' }]);
  },
);

statement(
  'A custom notification is refused without a type of the org, for nobody, more than 500 ids or an id of nobody, without a title, a body and a target, for a title beyond 250 and a body beyond 750 characters; and, in a flow that does not run in system context, without _Send Custom Notifications_.',
  async () => {
    const said = (more: Inputs): string => refusal('customNotificationAction', bell(more)) ?? '';
    expect(said({ customNotifTypeId: admin })).toContain("isn't valid");
    expect(said({ recipientIds: [] })).toContain('recipientIds');
    expect(said({ recipientIds: Array<string>(501).fill(admin) })).toContain('501 values; 500');
    expect(said({ recipientIds: ['005000000000999AAA'] })).toContain('005000000000999AAA');
    expect(said({ title: '' })).toContain('title');
    expect(said({ body: '' })).toContain('body');
    expect(said({ targetId: '' })).toContain('targetId');
    expect(said({ title: 'x'.repeat(251) })).toContain('251 characters; 250');
    expect(said({ body: 'x'.repeat(751) })).toContain('751 characters; 750');
    expect(await sent()).toEqual([]);
    const most = Array<string>(500).fill(admin);
    expect(said({ recipientIds: most, title: 'x'.repeat(250), body: 'x'.repeat(750) })).toBe('');

    const ring = `<actionCalls><name>Ring</name><label>Ring</label><locationX>0</locationX><locationY>0</locationY><actionName>customNotificationAction</actionName><actionType>customNotificationAction</actionType><flowTransactionModel>CurrentTransaction</flowTransactionModel>${[
      ['customNotifTypeId', '<elementReference>Type.Id</elementReference>'],
      ['recipientIds', '<elementReference>Ids</elementReference>'],
      ['title', '<stringValue>Hello</stringValue>'],
      ['body', '<stringValue>You</stringValue>'],
      ['targetId', '<elementReference>Me.Id</elementReference>'],
    ]
      .map(
        ([name, value]) =>
          `<inputParameters><name>${name}</name><value>${value}</value></inputParameters>`,
      )
      .join('')}</actionCalls>`;
    const ids = variable('Ids').replace('>false</isCollection>', '>true</isCollection>');
    const note = assignment('Note', item('Ids', { name: 'Me.Id' }, 'Add'), 'Ring');
    const inner =
      get('Me', {
        object: 'User',
        filters: [['Username', 'EqualTo', { name: '$User.Username' }]],
        next: 'Note',
      }) +
      get('Type', { object: 'CustomNotificationType', next: 'Me' }) +
      note +
      ring +
      ids;
    deploy({ 'flows/Hello.flow': launched(inner, 'Type') });
    const start = (token: string) =>
      http.ask(
        'POST',
        '/services/data/v66.0/actions/custom/flow/Hello',
        { inputs: [{}] },
        {
          authorization: `Bearer ${token}`,
        },
      );
    expect((await start(http.org.adminToken)).status).toBe(200);
    const refused = await start(http.org.repToken);
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('Send Custom Notifications');
  },
);

statement(
  'An e-mail is refused to nobody, to more than 150 addresses or 4,000 bytes of them and to an address that is none, from a sender that is no organization-wide address, not verified or not allowed to the profile of the user; and while `POST /local/deliverability` has `access` at `system` or `none` instead of `all`.',
  async () => {
    const said = (more: Inputs = {}): string => refusal('emailSimple', mail(more)) ?? '';
    expect(said()).toContain('is no organization-wide email address');
    const own = await address({ IsVerified: false, IsAllowAllProfiles: false });
    expect(said()).toContain('UNVERIFIED_SENDER_ADDRESS');
    http.org.data.db.run('UPDATE OrgWideEmailAddress SET IsVerified = 1');
    expect(said()).toContain('INSUFFICIENT_ACCESS_OR_READONLY: Not profiled');
    const [profile] = await http.query(
      "SELECT Id FROM Profile WHERE Name = 'System Administrator'",
    );
    const allowed = { OrgWideEmailAddressId: own, ParentId: profile?.['Id'] };
    await insert('OrgEmailAddressSecurity', allowed);
    expect(said()).toBe('');
    expect(said({ senderType: 'CurrentUser' })).toContain('OrgWideEmailAddress only');
    expect(said({ emailAddresses: '' })).toContain('REQUIRED_FIELD_MISSING');
    expect(said({ emailSubject: '' })).toContain('REQUIRED_FIELD_MISSING');
    expect(said({ emailAddresses: 'nobody' })).toContain('INVALID_EMAIL_ADDRESS');
    expect(said({ emailAddresses: many(151).join(',') })).toContain('150 or fewer');
    expect(said({ emailAddressesArray: many(150) })).toContain('150 or fewer');
    expect(
      said({ emailAddresses: many(149).join(','), emailAddressesArray: ['z@b.example'] }),
    ).toBe('');
    expect(
      said({ emailAddresses: many(100, 'a-person-with-a-rather-long-name@b.example').join(',') }),
    ).toMatch(/\d+ bytes of addresses; 4000/);
    for (const access of ['system', 'none']) {
      await http.ask('POST', '/local/deliverability', { access });
      expect(said()).toContain('NO_MASS_MAIL_PERMISSION');
    }
    expect((await http.ask('POST', '/local/deliverability', { access: 'some' })).status).toBe(400);
    await http.ask('POST', '/local/deliverability', { access: 'all' });
    expect(said()).toBe('');
  },
);

statement(
  'A path after the commit runs once for each save that starts it, as who has saved, in another transaction than the save: what stops it stops no save. A flow that the clock starts runs once a day at its time, in GMT, as the administrator.',
  async () => {
    const path =
      '<scheduledPaths><name>P</name><connector><targetReference>A</targetReference></connector><pathType>AsyncAfterCommit</pathType></scheduledPaths>';
    const place = '<locationX>0</locationX><locationY>0</locationY>';
    const make = `<recordCreates><name>A</name><label>A</label>${place}<inputAssignments><field>Title</field><value><elementReference>$User.Username</elementReference></value></inputAssignments><inputAssignments><field>LastName</field><value><elementReference>$Record.Family</elementReference></value></inputAssignments><object>Contact</object></recordCreates>`;
    const started = flow(make, {
      object: 'Product2',
      timing: 'RecordAfterSave',
      more: path,
      first: 'A',
    }).replace(/<connector><targetReference>A<\/targetReference><\/connector>/, '');
    const daily = launched(make.replace('$Record.Family', '$User.Username')).replace(
      '</start>',
      '<schedule><frequency>Daily</frequency><startDate>2026-01-01</startDate><startTime>06:00:00.000Z</startTime></schedule><triggerType>Scheduled</triggerType></start>',
    );
    deploy({ 'flows/After.flow': started, 'flows/Daily.flow': daily });
    const { data } = http.org;
    const contacts = () => http.query('SELECT LastName, Title FROM Contact ORDER BY LastName');
    const id = await insert('Product2', { Name: 'Mug', Family: 'x' });
    await http.rest('PATCH', `/sobjects/Product2/${id}`, { Family: 'y' });
    expect(await contacts()).toEqual([]);
    expect(runScheduled(data)).toEqual([]);
    const by = { Title: http.org.adminUsername };
    expect(await contacts()).toMatchObject([
      { LastName: 'y', ...by },
      { LastName: 'y', ...by },
    ]);
    await http.rest('PATCH', `/sobjects/Product2/${id}`, { Family: null });
    expect(runScheduled(data)).toEqual([expect.stringContaining('REQUIRED_FIELD_MISSING')]);
    now = new Date('2026-03-01T06:00:00Z');
    for (let hour = 0; hour < 48; hour++) {
      expect(runScheduled(data)).toEqual([]);
      now = new Date(now.getTime() + 3_600_000);
    }
    const named = (await contacts()).filter((one) => one['LastName'] === http.org.adminUsername);
    expect(named).toHaveLength(2);
  },
);
