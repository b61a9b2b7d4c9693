import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasMemory } from '../../../apex/runtime/run/memory.ts';
import { statement } from '../statement.ts';
import { CodeOrg, codeFiles } from './code-org.ts';

const heaps = `public class Heaps {
  public static List<String> kept = new List<String>();
  public List<Heaps> parts = new List<Heaps>();
  public String text;
  public Heaps(Integer at) { text = 'x'.repeat(1000) + at; }
  public class Later implements Queueable {
    Integer thousands;
    public Later(Integer thousands) { this.thousands = thousands; }
    public void execute(QueueableContext context) {
      List<String> all = new List<String>();
      for (Integer i = 0; i < thousands; i++) { all.add('x'.repeat(1000) + i); }
      insert new Account(Name = 'later ' + all.size());
    }
  }
}`;

let org: CodeOrg;
const heard: string[] = [];

beforeAll(async () => {
  org = await CodeOrg.start({
    report: (line) => {
      heard.push(line);
    },
  });
  org.deploy(codeFiles(heaps));
});
afterAll(() => org.close());

const some = (count: number, work: string): string =>
  `for (Integer i = 0; i < ${count}; i++) { ${work} }`;

/** Code that nobody catches the limit of. */
const caught = (code: string): string =>
  `try { ${code} } catch (Exception e) { System.debug('caught'); } finally { System.debug('finally'); }`;

const tooLarge = /^System\.LimitException: Apex heap size too large: [678]\d{6}$/;

statement.group(
  'The heap is counted near what Salesforce counts: bodies of calls, static variables, collections with all that is in them, and large texts; more than 6 MB, or 12 MB of code that was queued, ends the transaction, and no code catches that.',
  () => {
    it.each([
      [
        'a list of texts',
        `List<String> a = new List<String>(); ${some(9000, "a.add('x'.repeat(1000) + i);")}`,
      ],
      [
        'a map of lists',
        `Map<Integer, List<String>> m = new Map<Integer, List<String>>();
         ${some(100, 'm.put(i, new List<String>());')} ${some(9000, "m.get(Math.mod(i, 100)).add('x'.repeat(1000) + i);")}`,
      ],
      ['a set', `Set<String> a = new Set<String>(); ${some(9000, "a.add('x'.repeat(1000) + i);")}`],
      [
        'keys',
        `Map<String, Integer> a = new Map<String, Integer>(); ${some(9000, "a.put('x'.repeat(1000) + i, i);")}`,
      ],
      [
        'records',
        `List<Account> a = new List<Account>(); ${some(9000, "a.add(new Account(Description = 'x'.repeat(1000) + i));")}`,
      ],
      [
        'objects of a class',
        `List<Heaps> a = new List<Heaps>(); ${some(9000, 'a.add(new Heaps(i));')}`,
      ],
      ['a static variable', some(9000, "Heaps.kept.add('x'.repeat(1000) + i);")],
      ['an array', 'Object[] a = new Object[2000000];'],
      ['a text that grows', `String s = 'x'; ${some(23, 's += s;')}`],
      ['a repeated text', "String s = 'x'.repeat(6500000);"],
      ['a blob', "Blob b = Blob.valueOf('x'.repeat(3500000) + 'ü'.repeat(1600000));"],
    ])('%s', async (_, code) => {
      const { exceptionMessage } = await org.run(caught(code));
      expect(exceptionMessage).toMatch(tooLarge);
    });

    it('tells how much is held, and less once a collection is emptied', async () => {
      const said = await org.told(
        'sizes',
        `List<Integer> sizes = new List<Integer>{ Limits.getHeapSize() };
         List<String> a = new List<String>(); ${some(2000, "a.add('x'.repeat(1000) + i);")}
         sizes.add(Limits.getHeapSize()); a.clear(); sizes.add(Limits.getHeapSize());
         sizes.add(Limits.getLimitHeapSize());`,
      );
      const [none = 0, full = 0, empty = 0, most] = said
        .replaceAll(/[()]/g, '')
        .split(',')
        .map(Number);
      expect(none).toBeLessThan(1000);
      expect(full).toBeGreaterThan(2_000_000);
      expect(full).toBeLessThan(2_300_000);
      expect(empty).toBeLessThan(1000);
      expect(most).toBe(6_000_000);
    });

    it('has nothing against what is held no more, nor against what one place holds twice', async () => {
      const ran = await org.run(
        `${some(60, `List<String> a = new List<String>(); for (Integer j = 0; j < 500; j++) { a.add('x'.repeat(1000) + j); }`)}
         List<Heaps> all = new List<Heaps>(); Heaps one = new Heaps(1); ${some(20000, 'all.add(one);')}
         ${some(20, "String s = 'x'.repeat(900000) + i;")}
         List<String> b = new List<String>(); ${some(20000, "b.add('x'.repeat(1000)); b.remove(0);")}`,
      );
      expect(ran).toMatchObject({ compiled: true, success: true });
    });

    it('holds no more of a query than the loop that goes through it', async () => {
      const rows = Array.from({ length: 200 }, (_, at) => ({
        attributes: { type: 'Account' },
        Name: `held ${at}`,
        Description: 'x'.repeat(32_000),
      }));
      for (const records of [rows.slice(0, 100), rows.slice(100)]) {
        const { status } = await org.at.rest('POST', '/composite/sobjects', { records });
        expect(status).toBe(200);
      }
      const query = "[SELECT Id, Description FROM Account WHERE Name LIKE 'held %']";
      expect(await org.values(`SELECT COUNT() FROM Account WHERE Name LIKE 'held %'`)).toEqual([]);
      const run = async (code: string) => {
        const { compileProblem, exceptionMessage } = await org.run(code);
        return compileProblem ?? exceptionMessage;
      };
      expect(await run(`for (Account one : ${query}) { Integer i = 1; }`)).toBeNull();
      expect(await run(`for (List<Account> some : ${query}) { Integer i = 1; }`)).toBeNull();
      expect(await run(`List<Account> all = ${query};`)).toMatch(tooLarge);
    });

    it('lets queued code hold twice as much', async () => {
      await org.run('System.enqueueJob(new Heaps.Later(9000));');
      await expect
        .poll(() => org.values("SELECT Name FROM Account WHERE Name LIKE 'later %'"))
        .toEqual(['later 9000']);
      await org.run('System.enqueueJob(new Heaps.Later(14000));');
      await expect
        .poll(() => heard.join('\n'))
        .toMatch(/failed: .*Apex heap size too large: 1[23]\d{6}/);
    });
  },
);

it('what is not counted ends before the memory of the process does', () => {
  const isEnough = (used_heap_size: number): boolean =>
    hasMemory({ used_heap_size, heap_size_limit: 1000 });
  expect([700, 900].map(isEnough)).toEqual([true, false]);
});
