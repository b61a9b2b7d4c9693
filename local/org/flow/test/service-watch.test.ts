import { beforeEach, describe, expect, it } from 'vitest';
import { createOrgData } from '../../data/org-data.ts';
import { seed } from '../../data/people/seed.ts';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { packageOf, projectSource } from '../../metadata/test/project.ts';
import { recordsOf } from '../../rest/flow-records.ts';
import { createRecords, updateRecords } from '../../write/batch.ts';
import { runScheduled } from '../timed/scheduled.ts';
import { serveFlows } from '../system-records.ts';

const FLOW = 'flows/Woo_Service_Watch.flow';
const MINUTE = 60_000;
const START = Date.parse('2026-03-01T10:00:00Z');

/** The flow as it is shipped, and the two objects that it is of. */
function shipped(
  edit: (flow: string) => string = (flow) => flow,
): Readonly<Record<string, string>> {
  const all = packageOf(projectSource());
  const bare = (object: string) =>
    (all[`objects/${object}.object`] ?? '')
      .replaceAll(/\s*<(actionOverrides|compactLayouts|listViews)>.*?<\/\1>/gs, '')
      .replace(/\s*<compactLayoutAssignment>.*?<\/compactLayoutAssignment>/s, '');
  return {
    'objects/Woo_Store_Status__c.object': bare('Woo_Store_Status__c'),
    'objects/Woo_Attention__c.object': bare('Woo_Attention__c'),
    [FLOW]: edit(all[FLOW] ?? ''),
  };
}

class Watched {
  private now = START;
  readonly data = createOrgData({ now: () => new Date(this.now) });
  private readonly caller: { readonly userId: string };
  private id = '';

  constructor(edit?: (flow: string) => string) {
    seed(this.data, {
      adminUsername: 'a@example.com',
      integrationUsername: 'b@example.com',
      repUsername: 'rep@example.com',
    });
    serveFlows(this.data, (userId) => recordsOf(this.data, { userId }));
    this.caller = { userId: String(this.data.db.get('SELECT Id FROM User')?.['Id']) };
    const result = deployFiles(this.data, shipped(edit));
    if (!result.success) throw new Error(failuresOf(result).join('\n'));
  }

  /** As the service writes it: the next hour may be silent. */
  alive(store = 'main'): void {
    const record = {
      Name: 'Main shop',
      Last_Seen__c: new Date(this.now).toISOString(),
      Watched__c: true,
      Silent_After__c: new Date(this.now + 60 * MINUTE).toISOString(),
    };
    const type = 'Woo_Store_Status__c';
    const [result] =
      this.id === ''
        ? createRecords(
            this.data,
            this.caller,
            [{ type, record: { ...record, Store__c: store } }],
            false,
          )
        : updateRecords(
            this.data,
            this.caller,
            [{ type, record: { ...record, Id: this.id } }],
            false,
          );
    if (result?.success !== true) throw new Error(JSON.stringify(result));
    this.id = result.id;
  }

  /** The clock goes on, minute by minute, as the org looks. */
  pass(minutes: number): void {
    for (let one = 0; one < minutes; one++) {
      this.now += MINUTE;
      expect(runScheduled(this.data)).toEqual([]);
    }
  }

  attentions(): readonly string[] {
    return this.data.db
      .all('SELECT Cause_Key__c, State__c, Title__c FROM "Woo_Attention__c" ORDER BY Name')
      .map((row) => `${String(row['State__c'])} ${String(row['Cause_Key__c'])}`);
  }

  body(): string {
    return String(this.data.db.get('SELECT Body__c FROM "Woo_Attention__c"')?.['Body__c']);
  }

  waiting(): number {
    return this.data.db.all('SELECT number FROM "-scheduled"').length;
  }
}

describe.each(['follows', 'stays'] as const)(
  'a service, where a path that waits %s',
  (whenMoved) => {
    let org: Watched;
    beforeEach(() => {
      org = new Watched();
      org.data.scheduled.whenMoved = whenMoved;
    });

    it('that gives signs of life is never taken for silent', () => {
      for (let hours = 0; hours < 5; hours++) {
        for (let turn = 0; turn < 12; turn++) {
          org.alive();
          org.pass(5);
        }
        expect(org.waiting()).toBe(1);
      }
      expect(org.attentions()).toEqual([]);
    });

    it('that is killed is noticed once, at most two times its minutes later, and solved when it is back', () => {
      org.alive();
      org.pass(59);
      org.alive();
      org.pass(59);
      expect(org.attentions()).toEqual([]);
      org.pass(61);
      const silence = 'main:service_silent:2026-03-01 10:59:00Z';
      expect(org.attentions()).toEqual([`open ${silence}`]);
      expect(org.body()).toMatch(/^Its last sign of life is of 2026-03-01 10:59 UTC\. /);
      org.pass(600);
      expect(org.attentions()).toEqual([`open ${silence}`]);
      org.alive();
      expect(org.attentions()).toEqual([`solved ${silence}`]);
      org.pass(121);
      expect(org.attentions()).toHaveLength(2);
    });
  },
);

it('a silence that cannot be solved keeps no sign of life from being saved, and is tried again', () => {
  const org = new Watched();
  org.alive();
  org.pass(121);
  const rule = (
    active: boolean,
  ) => `<validationRules><fullName>Keep</fullName><active>${active}</active>
    <errorConditionFormula>ISPICKVAL(State__c, "solved")</errorConditionFormula>
    <errorMessage>No.</errorMessage></validationRules></CustomObject>`;
  const object = 'objects/Woo_Attention__c.object';
  const deployed = (active: boolean) => {
    const text = (shipped()[object] ?? '').replace('</CustomObject>', rule(active));
    const result = deployFiles(org.data, { [object]: text });
    expect(failuresOf(result)).toEqual([]);
  };
  deployed(true);
  org.alive();
  org.pass(5);
  org.alive();
  expect(org.attentions()).toEqual([expect.stringMatching(/^open /)]);
  deployed(false);
  org.pass(5);
  org.alive();
  expect(org.attentions()).toEqual([expect.stringMatching(/^solved /)]);
  org.pass(121);
  expect(org.attentions()).toHaveLength(2);
});

it('a watch that cannot be ended keeps the attention from nobody', () => {
  const org = new Watched();
  org.alive();
  const rule = `<validationRules><fullName>Keep</fullName><active>true</active>
    <errorConditionFormula>AND(ISCHANGED(Watched__c), NOT(Watched__c))</errorConditionFormula>
    <errorMessage>No.</errorMessage></validationRules></CustomObject>`;
  const object = 'objects/Woo_Store_Status__c.object';
  const text = (shipped()[object] ?? '').replace('</CustomObject>', rule);
  expect(failuresOf(deployFiles(org.data, { [object]: text }))).toEqual([]);
  org.pass(121);
  expect(org.attentions()).toEqual([expect.stringMatching(/^open /)]);
});

it('a flow that is switched off notices nothing, and what waited does not run', () => {
  const org = new Watched();
  org.alive();
  const off = shipped((flow) => flow.replace('<status>Active', '<status>Obsolete'));
  expect(deployFiles(org.data, { [FLOW]: off[FLOW] ?? '' }).success).toBe(true);
  org.pass(121);
  expect(org.attentions()).toEqual([]);
});
