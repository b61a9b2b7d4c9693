import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  apexCall,
  assignment,
  condition,
  create,
  decision,
  flow,
  get,
  item,
  launched,
  outcome,
  side,
  variable,
} from '../../../flow/test/flows.ts';
import { runScheduled } from '../../../flow/timed/scheduled.ts';
import { statement } from '../statement.ts';
import { CodeOrg, codeFiles } from './code-org.ts';

/** Notes each call with what it was given; refuses `bad`. */
const told = `public class Told {
  @InvocableMethod public static List<String> tell(List<String> texts) {
    insert new Account(Name = 'call ' + String.join(texts, ','));
    if (texts.contains('later')) { Told.after(); }
    List<String> said = new List<String>();
    for (String one : texts) {
      if (one == 'bad') { throw new IllegalArgumentException('bad'); }
      said.add(one + '!');
    }
    return said;
  }
  @future static void after() { insert new Account(Name = 'later'); }
}`;

/** Notes how many contacts it sees together; refuses `no`. */
const contacts = `trigger Contacts on Contact (before insert, before update) {
  insert new Account(Name = 'trigger', NumberOfEmployees = Trigger.new.size());
  for (Contact one : Trigger.new) { if (one.FirstName == 'no') { one.addError('no name'); } }
}`;

let org: CodeOrg;

beforeAll(async () => {
  org = await CodeOrg.start({ runsWhatIsDue: false });
  org.deploy(codeFiles(told, contacts));
});
afterAll(() => org.close());

const cleared = 'DELETE FROM Account';
beforeEach(() => {
  org.at.org.data.db.run(cleared);
  org.at.org.data.db.run('DELETE FROM Contact');
  org.at.org.data.db.run('DELETE FROM Product2');
});

const ask = { inputs: { texts: { name: '$Record.Name' } } };

const onProduct = (inner: string, first = 'A'): Readonly<Record<string, string>> => ({
  'flows/Bulk.flow': flow(inner, {
    object: 'Product2',
    saves: 'CreateAndUpdate',
    timing: 'RecordAfterSave',
    first,
  }),
});

interface Saved {
  readonly success: boolean;
  readonly errors: readonly { readonly statusCode: string; readonly message: string }[];
}

/** @returns what is said of each record; undefined where it was saved */
async function save(names: readonly string[], allOrNone = false) {
  const records = names.map((Name) => ({ attributes: { type: 'Product2' }, Name }));
  const { body } = await org.at.rest('POST', '/composite/sobjects', { allOrNone, records });
  return (body as readonly Saved[]).map(({ errors: [error] }) => error?.message);
}

/** What the method was given, call by call. */
const calls = async () => {
  const found = await org.values("SELECT Name FROM Account WHERE Name LIKE 'call %' ORDER BY Name");
  return found.map((one) => String(one).slice('call '.length));
};
const names = (object: string) => org.values(`SELECT Name FROM ${object} ORDER BY Name`);
/** How many records each run of the trigger saw. */
const seen = () => org.values("SELECT NumberOfEmployees FROM Account WHERE Name = 'trigger'");

statement.group(
  'Interviews of a flow that several records start run together: each to an element that reads, writes or calls Apex, where all that have come to it are one query, one statement, one call; then all go on.',
  () => {
    it('calls the method once with the values of all', async () => {
      org.deploy(onProduct(apexCall('A', 'Told', ask)));
      await save(['a', 'b', 'c']);
      expect(await calls()).toEqual(['a,b,c']);
    });

    it('hands back to each what is its own', async () => {
      org.deploy(
        onProduct(
          apexCall('A', 'Told', { ...ask, outputs: { output: 'said' }, next: 'M' }) +
            create('M', { LastName: { name: 'said' } }, {}, 'Contact') +
            variable('said') +
            variable('id'),
        ),
      );
      await save(['a', 'b', 'c']);
      expect([await names('Contact'), await seen()]).toEqual([['a!', 'b!', 'c!'], [3]]);
    });

    it('tells elements apart, and those that come to one later', async () => {
      const rules =
        outcome('Yes', condition('$Record.Name', 'EqualTo', 'b'), 'B') +
        outcome('No', condition('$Record.Name', 'EqualTo', 'none'), 'End');
      org.deploy(
        onProduct(
          decision('Which', rules, 'A') +
            apexCall('A', 'Told', { ...ask, next: 'B' }) +
            apexCall('B', 'Told', { inputs: { texts: 'other' }, next: 'End' }) +
            assignment('End', item('x', 'y')) +
            variable('x'),
          'Which',
        ),
      );
      await save(['a', 'b', 'none', 'c']);
      expect(await calls()).toEqual(['a,c', 'other', 'other,other']);
    });

    it('looks for all before one of them writes what it looked for', async () => {
      const filters = [['LastName', 'EqualTo', 'one']] as const;
      const rules = outcome('Yes', condition('Look', 'IsNull', true), 'M');
      org.deploy(
        onProduct(
          get('Look', { object: 'Contact', filters, next: 'Missing' }) +
            decision('Missing', rules) +
            create('M', { LastName: 'one' }, {}, 'Contact') +
            variable('id'),
          'Look',
        ),
      );
      await save(['a', 'b']);
      expect(await names('Contact')).toEqual(['one', 'one']);
    });

    it('gives a record that several change the values of all, in one statement', async () => {
      const id = await org.at.create('Contact', { LastName: 'shared' });
      org.at.org.data.db.run(cleared);
      const update = `<recordUpdates><name>U</name><label>U</label><locationX>0</locationX><locationY>0</locationY><filterLogic>and</filterLogic><filters><field>LastName</field><operator>EqualTo</operator><value><stringValue>shared</stringValue></value></filters><inputAssignments><field>Title</field><value><elementReference>$Record.Name</elementReference></value></inputAssignments><object>Contact</object></recordUpdates>`;
      org.deploy(onProduct(update, 'U'));
      expect(await save(['a', 'b'])).toEqual([undefined, undefined]);
      expect([
        await org.values(`SELECT Title FROM Contact WHERE Id = '${id}'`),
        await seen(),
      ]).toEqual([['b'], [1]]);
    });

    it('runs so inside another flow, by the clock, and for the inputs of a call', async () => {
      org.deploy({
        'flows/Inner.flow': launched(
          apexCall('A', 'Told', { inputs: { texts: { name: 'given' } } }) + side('given', 'in'),
        ),
      });
      const sub =
        '<subflows><name>S</name><label>S</label><locationX>0</locationX><locationY>0</locationY><flowName>Inner</flowName><inputAssignments><name>given</name><value><elementReference>$Record.Name</elementReference></value></inputAssignments></subflows>';
      org.deploy(onProduct(sub, 'S'));
      await save(['a', 'b']);
      expect(await calls()).toEqual(['a,b']);

      org.at.org.data.db.run(cleared);
      await org.action('flow/Inner', { given: 'c' }, { given: 'd' });
      expect(await calls()).toEqual(['c,d']);

      org.at.org.data.db.run(cleared);
      const path =
        '<scheduledPaths><name>P</name><connector><targetReference>A</targetReference></connector><pathType>AsyncAfterCommit</pathType></scheduledPaths>';
      org.deploy({
        'flows/Bulk.flow': flow(apexCall('A', 'Told', ask), {
          object: 'Product2',
          timing: 'RecordAfterSave',
          more: path,
        }).replace(
          '<connector><targetReference>A</targetReference></connector><scheduledPaths>',
          '<scheduledPaths>',
        ),
      });
      await save(['e', 'f']);
      expect(await calls()).toEqual([]);
      expect(runScheduled(org.at.org.data)).toEqual([]);
      expect(await calls()).toEqual(['e,f']);
    });

    it('runs the flows of an object one after the other, each for all', async () => {
      org.deploy(onProduct(apexCall('A', 'Told', ask)));
      org.deploy({
        'flows/Second.flow': flow(apexCall('A', 'Told', { inputs: { texts: 'second' } }), {
          object: 'Product2',
          saves: 'Create',
          timing: 'RecordAfterSave',
        }),
      });
      await save(['a', 'b']);
      expect(await calls()).toEqual(['a,b', 'second,second']);
      org.deploy({
        'flows/Second.flow': flow(assignment('A', item('x', 'y')) + variable('x'), {
          object: 'Product2',
          saves: 'Create',
          timing: 'RecordAfterSave',
        }),
      });
    });
  },
);

statement.group(
  'An interview that is stopped takes its own record back: the others of the call run anew without it, with the limits that they began with. What Apex does not catch stops all interviews that called it.',
  () => {
    const making = (fault?: string): string =>
      create(
        'M',
        { LastName: 'x', FirstName: { name: '$Record.Name' } },
        fault === undefined ? {} : { fault },
        'Contact',
      ) + variable('id');

    it('leaves the others, whose method is called again without it, and queues what follows once', async () => {
      org.deploy(onProduct(apexCall('A', 'Told', { ...ask, next: 'M' }) + making()));
      expect(await save(['a', 'no', 'later'])).toEqual([
        undefined,
        expect.stringContaining('no name'),
        undefined,
      ]);
      expect([await names('Product2'), await calls()]).toEqual([['a', 'later'], ['a,later']]);
      expect(await org.values('SELECT FirstName FROM Contact ORDER BY FirstName')).toEqual([
        'a',
        'later',
      ]);
      const laters = "SELECT Name FROM Account WHERE Name = 'later'";
      await expect.poll(() => org.values(laters)).toEqual(['later']);
    });

    it('begins anew with the limits, too', async () => {
      const more = decision('More', outcome('Yes', condition('Done', 'LessThan', 60), 'Note'), 'M');
      const note = assignment('Note', item('Done', 1, 'Add'), 'Look');
      org.deploy(
        onProduct(
          more +
            note +
            get('Look', { object: 'Account', next: 'More' }) +
            making() +
            variable('Done', 'Number', 0),
          'More',
        ),
      );
      expect(await save(['a', 'no'])).toEqual([undefined, expect.stringContaining('no name')]);
    });

    it('takes its own fault path, where a record is refused', async () => {
      const faulted = create('F', { LastName: 'faulted' }, {}, 'Contact');
      const ids = variable('id');
      org.deploy(onProduct(making('F').replace(ids, faulted + ids), 'M'));
      expect(await save(['a', 'no', 'b'])).toEqual([undefined, undefined, undefined]);
      expect(await org.values('SELECT LastName FROM Contact ORDER BY LastName')).toEqual([
        'faulted',
        'x',
        'x',
      ]);
    });

    it('is all that called, where the method fails', async () => {
      org.deploy(onProduct(apexCall('A', 'Told', ask)));
      const bad = expect.stringContaining('IllegalArgumentException: bad') as string;
      expect(await save(['a', 'bad', 'b'])).toEqual([bad, bad, bad]);
      expect([await names('Product2'), await calls()]).toEqual([[], []]);
    });

    it('is all of a call that is all or none', async () => {
      org.deploy(onProduct(making(), 'M'));
      expect(await save(['a', 'no', 'b'], true)).toEqual([
        expect.stringContaining('rolled back'),
        expect.stringContaining('no name'),
        expect.stringContaining('rolled back'),
      ]);
      expect([await names('Product2'), await names('Contact')]).toEqual([[], []]);
    });

    it('leaves those of a call by name, in their order', async () => {
      org.deploy({
        'flows/Inner.flow': launched(
          create('M', { LastName: 'x', FirstName: { name: 'given' } }, { next: 'S' }, 'Contact') +
            assignment('S', item('said', { name: 'given' })) +
            side('given', 'in') +
            side('said', 'out') +
            variable('id'),
          'M',
        ),
      });
      const results = await org.action('flow/Inner', { given: 'no' }, { given: 'a' });
      expect(results.map((one) => one.outputValues?.['said'])).toEqual([undefined, 'a']);
      expect(await org.values('SELECT FirstName FROM Contact')).toEqual(['a']);
    });
  },
);
