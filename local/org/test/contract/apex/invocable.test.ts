import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apexCall, assignment, flow, item, launched, side } from '../../../flow/test/flows.ts';
import { statement } from '../statement.ts';
import { CodeOrg, codeFiles } from './code-org.ts';

/** After the first sample of the guide's page on InvocableMethod, with variables as its second has them. */
const adder = `public class Adder {
  public class Request {
    @InvocableVariable(label='Number' required=true) public Decimal amount;
    @InvocableVariable public String name;
    @InvocableVariable public Date day;
  }
  public class Result {
    @InvocableVariable public Decimal doubled;
    @InvocableVariable public String said;
    @InvocableVariable public Date next;
  }
  @InvocableMethod(label='Double it' description='Doubles amounts')
  public static List<Result> add(List<Request> requests) {
    List<Result> results = new List<Result>();
    for (Request one : requests) {
      if (one.amount < 0) { throw new IllegalArgumentException('below zero'); }
      Result result = new Result();
      result.doubled = one.amount * 2;
      result.said = one.name + ' of ' + requests.size();
      result.next = one.day?.addDays(1);
      results.add(result);
    }
    return results;
  }
}`;

const namer = `public class Namer {
  public static Integer calls = 0;
  @InvocableMethod
  public static List<String> name(List<String> texts) {
    calls++;
    insert new Contact(LastName = 'by ' + texts[0] + calls + Datetime.now().getTime());
    if (texts[0] == 'late' && calls == 1) { Namer.later(texts[0]); }
    if (texts[0] == 'bad') { Account none; none.Name = 'x'; }
    if (texts[0] == 'endless') { while (true) { calls++; } }
    List<String> named = new List<String>();
    for (String one : texts) { named.add(one.toUpperCase() + calls); }
    return named;
  }
  @future static void later(String text) { insert new Contact(LastName = 'after ' + text); }
}`;

let org: CodeOrg;

beforeAll(async () => {
  org = await CodeOrg.start();
  org.deploy({
    ...codeFiles(adder, namer),
    'flows/Ask.flow': launched(
      apexCall('A', 'Adder', {
        inputs: { amount: { name: 'number' }, name: { name: 'given' } },
        outputs: { doubled: 'twice', said: 'told' },
        fault: 'Say',
      }) +
        assignment('Say', item('told', { name: '$Flow.FaultMessage' })) +
        side('number', 'in', 'Number') +
        side('given', 'in') +
        side('twice', 'out', 'Number') +
        side('told', 'out'),
    ),
    'flows/Stored.flow': launched(
      apexCall('A', 'Namer', { inputs: { texts: { name: 'given' } }, next: 'B' }) +
        apexCall('B', 'Namer', {
          inputs: { texts: { name: 'given' } },
          next: 'Say',
          fault: 'Fault',
        }) +
        assignment('Say', item('told', { name: 'A' }) + item('again', { name: 'B' })) +
        assignment('Fault', item('told', 'faulty')) +
        side('given', 'in') +
        side('told', 'out') +
        side('again', 'out'),
    ),
    'flows/On_Account.flow': flow(
      apexCall('A', 'Adder', {
        inputs: { amount: { name: '$Record.NumberOfEmployees' } },
        outputs: {},
      }),
      { object: 'Account', saves: 'Create', timing: 'RecordAfterSave' },
    ),
  });
});
afterAll(() => org.close());

statement.group(
  'A flow calls the `@InvocableMethod` of a class with the values of its variables, and goes on with what comes back; what the code does not catch takes the fault path.',
  () => {
    it('hands in and out by the names of variables', async () => {
      const [{ outputValues } = { outputValues: null }] = await org.action('flow/Ask', {
        number: 2.5,
        given: 'x',
      });
      expect(outputValues).toMatchObject({ twice: 5, told: 'x of 1' });
    });

    it('takes the fault path, with the words of the exception, and undoes what the code wrote', async () => {
      const [{ outputValues } = { outputValues: null }] = await org.action('flow/Ask', {
        number: -1,
        given: 'x',
      });
      expect(outputValues).toMatchObject({
        told: 'An Apex error occurred: System.IllegalArgumentException: below zero',
      });
      const stopped = await org.action('flow/Stored', { given: 'bad' });
      expect(stopped[0]?.errors?.[0]?.message).toContain(
        'An Apex error occurred: System.NullPointerException: Attempt to de-reference a null object',
      );
      expect(await org.values("SELECT Name FROM Contact WHERE Name LIKE 'by bad%'")).toEqual([]);
    });

    it('keeps statics for one transaction, and no longer', async () => {
      const once = await org.action('flow/Stored', { given: 'a' });
      expect(once[0]?.outputValues).toMatchObject({ told: 'A1', again: 'A2' });
      const again = await org.action('flow/Stored', { given: 'a' });
      expect(again[0]?.outputValues).toMatchObject({ told: 'A1' });
    });

    it('ends the whole call, and no fault path is taken, where a limit is passed', async () => {
      const [only] = await org.action('flow/Stored', { given: 'endless' });
      expect(only?.errors?.[0]?.message).toContain(
        'System.LimitException: Apex CPU time limit exceeded',
      );
    });

    it('refuses the record of a save whose flow has no fault path', async () => {
      const answer = await org.at.rest('POST', '/sobjects/Account', {
        Name: 'Refused',
        NumberOfEmployees: -3,
      });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toContain('IllegalArgumentException: below zero');
      await org.at.create('Account', { Name: 'Taken', NumberOfEmployees: 3 });
      expect(
        await org.values("SELECT Name FROM Account WHERE Name IN ('Refused', 'Taken')"),
      ).toEqual(['Taken']);
    });

    it('lets code that it has queued run once all is written', async () => {
      await org.action('flow/Stored', { given: 'late' });
      const name = "SELECT Name FROM Contact WHERE Name = 'after late'";
      await expect.poll(() => org.values(name)).toEqual(['after late']);
    });
  },
);

statement(
  '`POST /actions/custom/apex/Class` calls an invocable method once with up to 200 requests: a list in, a list out, in their order; where the code fails, all have failed and nothing is written.',
  async () => {
    const results = await org.action(
      'apex/Adder',
      { amount: 1, name: 'a', day: '2026-02-28' },
      { amount: 2.25, name: 'b' },
    );
    expect(results.map((one) => one.outputValues)).toEqual([
      { doubled: 2, said: 'a of 2', next: '2026-03-01' },
      { doubled: 4.5, said: 'b of 2', next: null },
    ]);
    const failed = await org.action('apex/Adder', { amount: 1 }, { amount: -1 });
    expect(failed.map((one) => one.isSuccess)).toEqual([false, false]);
    const names = await org.action('apex/Namer', { texts: 'bad' }, { texts: 'b' });
    expect(names.map((one) => one.isSuccess)).toEqual([false, false]);
    expect(await org.values("SELECT Name FROM Contact WHERE Name LIKE 'by bad%'")).toEqual([]);
    const missing = await org.at.rest('POST', '/actions/custom/apex/Adder', { inputs: [{}] });
    expect(missing).toMatchObject({ status: 400 });
    const nobody = await org.at.rest('POST', '/actions/custom/apex/Nobody', { inputs: [{}] });
    expect(nobody).toMatchObject({ status: 404 });
  },
);

describe('a deploy refuses', () => {
  it.each([
    ['public List<String> f(List<String> a) { return a; }', /^2:.*must be static: f/],
    ['static List<String> f(List<String> a) { return a; }', /must be public or global: f/],
    [
      'public static String f(List<String> a) { return a[0]; }',
      /must have a List as their result, not String: f/,
    ],
    [
      'public static List<String> f(String a) { return null; }',
      /must have a List as their parameter, not String/,
    ],
    ['public static void f(List<Object> a) { }', /do not support the type List<Object>/],
    ['public static void f(List<String> a, List<String> b) { }', /have one parameter at most/],
    [
      'public static void f(List<Plain> a) { } public class Plain { public String b; }',
      /which has no InvocableVariable/,
    ],
    [
      'public static void f(List<String> a) { } @InvocableMethod public static void g() { }',
      /are one in a class/,
    ],
  ])('the method %s', (method, words) => {
    const [problem = ''] = org.refused(
      codeFiles(`public class Wrong {\n  @InvocableMethod ${method}\n}`),
    );
    expect(problem.replace(/^.*?Wrong.*?(\d+:\d+|\d+)/, '$1')).toMatch(words);
  });

  it.each([
    [apexCall('A', 'Nobody'), /There is no Apex class Nobody with an InvocableMethod/],
    [apexCall('A', 'Adder'), /Missing required input parameter: amount/],
    [
      apexCall('A', 'Adder', { inputs: { amount: 'x' } }),
      /A Text can't be given to amount, a Decimal/,
    ],
    [apexCall('A', 'Adder', { inputs: { amount: 1, other: 'x' } }), /has no input parameter other/],
    [
      apexCall('A', 'Adder', { inputs: { amount: 1 }, outputs: { doubled: 'told' } }),
      /told can't hold doubled, a Decimal/,
    ],
    [
      apexCall('A', 'Adder', { inputs: { amount: 1 }, outputs: { none: 'told' } }),
      /has no output parameter none/,
    ],
  ])('a flow whose call does not fit the method: %#', (call, words) => {
    const problems = org.refused({ 'flows/Wrong.flow': launched(call + side('told', 'out')) });
    expect(problems.join('\n')).toMatch(words);
  });
});
