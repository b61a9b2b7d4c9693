import { afterAll, beforeAll, expect, it } from 'vitest';
import { statement } from '../statement.ts';
import { CodeOrg, codeFiles } from './code-org.ts';

const GUIDE = 'https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode';
const REFERENCE = 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref';

interface Topic {
  readonly source: string;
  readonly classes: readonly string[];
  /** What `run()` of the first class returns. */
  readonly answer: string;
}

const body = (name: string, statements: string, more = ''): string =>
  `public class ${name} { ${more} public static String run() { ${statements} } }`;

/** Small classes of topics of the guide, each with the answer that it documents. */
const topics: Readonly<Record<string, Topic>> = {
  'a rollback takes records back, counts as a statement, and leaves the ids that variables have': {
    source: `${GUIDE}/langCon_apex_transaction_control.htm`,
    classes: [
      body(
        'Rollbacks',
        `Account a = new Account(Name = 'Rolled back'); Savepoint sp = Database.setSavepoint();
         insert a; Database.rollback(sp);
         return [SELECT COUNT() FROM Account WHERE Name = 'Rolled back'] + ' ' + (a.Id != null) + ' ' + Limits.getDmlStatements();`,
      ),
    ],
    answer: '0 true 3',
  },
  'a custom exception has messages, causes and a type of its own': {
    source: `${GUIDE}/apex_exception_custom.htm`,
    classes: [
      body(
        'Merchandise',
        `try { try { throw new MerchandiseException('Invalid size'); }
           catch (MerchandiseException e) { throw new OtherException('Order failed', e); } }
         catch (OtherException e) { return e.getTypeName() + ': ' + e.getMessage() + ' < ' + e.getCause().getMessage() + ' ' + (new OtherException().getMessage()); }`,
        'public class MerchandiseException extends Exception {} public class OtherException extends Exception {}',
      ),
    ],
    answer: 'Merchandise.OtherException: Order failed < Invalid size Script-thrown exception',
  },
  'inner classes have state of their own, and no static members are needed to reach them': {
    source: `${GUIDE}/apex_classes_example.htm`,
    classes: [
      `public class OuterOne {
        private static final Integer MY_INT = 3;
        public static String shared = '';
        virtual class InnerClass { Integer i = MY_INT; public virtual Integer f() { return i; } }
        class InnerSubclass extends InnerClass { public override Integer f() { return super.f() * 2; } }
        public static String run() { InnerClass a = new InnerClass(), b = new InnerSubclass(); return a.f() + ' ' + b.f() + ' ' + (b instanceof InnerClass); }
      }`,
    ],
    answer: '3 6 true',
  },
  'an interface is what several classes implement': {
    source: `${GUIDE}/apex_classes_interfaces.htm`,
    classes: [
      body(
        'Orders',
        `List<PurchaseOrder> all = new List<PurchaseOrder>{ new CustomerOrder(), new EmployeeOrder() };
         String said = ''; for (PurchaseOrder one : all) { said += one.discount() + ';'; } return said;`,
      ),
      'public interface PurchaseOrder { Double discount(); }',
      'public virtual class CustomerOrder implements PurchaseOrder { public virtual Double discount() { return .05; } }',
      'public class EmployeeOrder extends CustomerOrder { public override Double discount() { return .10; } }',
    ],
    answer: '0.05;0.1;',
  },
  'a virtual method is replaced by that of the object, an abstract one is asked for': {
    source: `${GUIDE}/apex_classes_extending.htm`,
    classes: [
      body('Markers', `Marker m = new Yellow('ink'); return m.write() + m.discard();`),
      `public abstract class Marker { protected String label; public Marker(String label) { this.label = label; }
        public virtual String write() { return 'base'; } public abstract String discard(); }`,
      `public class Yellow extends Marker { public Yellow(String label) { super(label + '!'); }
        public override String write() { return super.write() + '>yellow '; } public override String discard() { return label; } }`,
    ],
    answer: 'base>yellow ink!',
  },
  'an enum has names, places, all of its values, and is found by its name': {
    source: `${GUIDE}/langCon_apex_enums.htm`,
    classes: [
      body(
        'Seasons',
        `Season s = Season.SUMMER; return s.name() + s.ordinal() + Season.values().size() + (Season.valueOf('WINTER') == Season.WINTER) + s;`,
        'public enum Season { WINTER, SPRING, SUMMER, FALL }',
      ),
    ],
    answer: 'SUMMER24trueSUMMER',
  },
  'switch on the type of a record, and on null': {
    source: `${GUIDE}/langCon_apex_switch_statement.htm`,
    classes: [
      body(
        'Switches',
        `return of(new Account(Name = 'x')) + of(new Contact(LastName = 'y')) + of(null) + of(new Product2());`,
        `static String of(SObject s) { switch on s { when Account a { return 'account ' + a.Name + ';'; } when Contact c { return 'contact ' + c.LastName + ';'; } when null { return 'null;'; } when else { return 'default;'; } } }`,
      ),
    ],
    answer: 'account x;contact y;null;default;',
  },
  'an Integer has 32 bits, a Long 64, and divisions of them no fraction': {
    source: `${GUIDE}/langCon_apex_primitives.htm`,
    classes: [
      body(
        'Numbers',
        `Integer i = 2147483647; Long l = 2147483648L; Integer seven = 7;
         return (i + 1) + ' ' + (l * 2) + ' ' + (seven / 2) + ' ' + (-seven / 2) + ' ' + (seven / 2.0) + ' ' + Math.mod(-7, 3);`,
      ),
    ],
    answer: '-2147483648 4294967296 3 -3 3.5 -1',
  },
  '== of texts does not mind their case, equals does': {
    source: `${GUIDE}/langCon_apex_expressions_operators_understanding.htm`,
    classes: [
      body(
        'Cases',
        `return ('Hello' == 'hELLO') + ' ' + 'Hello'.equals('hELLO') + ' ' + 'Hello'.equalsIgnoreCase('hELLO') + ' ' + ('a' < 'B') + ' ' + ('x' != 'X') + ' ' + (null == null);`,
      ),
    ],
    answer: 'true false true true false true',
  },
  'sets and maps keep one of each, maps by the case of their keys, in the order in which they came':
    {
      source: `${GUIDE}/langCon_apex_collections_maps.htm`,
      classes: [
        body(
          'Collections',
          `Set<String> s = new Set<String>{ 'b', 'a', 'b', 'B' }; Map<String, Integer> m = new Map<String, Integer>();
         m.put('z', 1); m.put('Z', 2); m.put('z', 3); Map<Id, Account> none = new Map<Id, Account>(new List<Account>());
         return String.join(new List<String>(s), '') + m.size() + m.get('z') + m.keySet() + s.containsAll(new List<String>{ 'a' }) + none.isEmpty() + m.get('no');`,
        ),
      ],
      answer: 'baB23{z, Z}truetruenull',
    },
  'a Decimal keeps its scale, and rounds half to the even neighbour unless told otherwise': {
    source: `${REFERENCE}/apex_methods_system_decimal.htm`,
    classes: [
      body(
        'Decimals',
        `Decimal d = 5.50; Decimal e = 6.5;
         return d.scale() + ' ' + d.round() + ' ' + e.round() + ' ' + e.round(System.RoundingMode.UP) + ' ' + Decimal.valueOf('2.675').setScale(2) + ' ' + (1.10 * 2.0) + ' ' + d.stripTrailingZeros() + ' ' + Decimal.valueOf('19').divide(100, 5) + ' ' + d.toPlainString();`,
      ),
    ],
    answer: '2 6 6 7 2.68 2.200 5.5 0.19000 5.50',
  },
  'static code runs once, in its order, when its class is first used': {
    source: `${GUIDE}/apex_classes_static.htm`,
    classes: [
      body(
        'Statics',
        `String before = Trace.log; Inits.touch(); Inits.touch(); return before + '|' + Trace.log;`,
      ),
      `public class Trace { public static String log = ''; }`,
      `public class Inits { static Integer a = add('a'); static { add('b'); } static Integer c = add('c'); Integer d = add('d'); { add('e'); }
        public Inits() { add('f'); } static Integer add(String s) { Trace.log += s; return 1; } public static void touch() { new Inits(); } }`,
    ],
    answer: '|abcdefdef',
  },
  'a property has code that reads and sets it, or keeps its value by itself': {
    source: `${GUIDE}/apex_classes_properties.htm`,
    classes: [
      body(
        'Properties',
        `Properties p = new Properties(); p.prop = 5; p.auto = 'x'; Properties.count++; return p.prop + p.auto + p.doubled + Properties.count;`,
        `public Integer prop { get { return prop; } set { prop = value * 2; } } public String auto { get; set; }
         public Integer doubled { get { return prop * 2; } } public static Integer count { get { if (count == null) { count = 40; } return count; } set; }`,
      ),
    ],
    answer: '10x2041',
  },
  'JSON is written of objects and records, and read into types or maps': {
    source: `${REFERENCE}/apex_methods_system_json.htm`,
    classes: [
      body(
        'Jsons',
        `Invoice i = new Invoice(); i.id = 'A1'; i.total = 10.50; i.lines = new List<String>{ 'x' };
         Invoice back = (Invoice) JSON.deserialize(JSON.serialize(i), Invoice.class);
         Map<String, Object> m = (Map<String, Object>) JSON.deserializeUntyped('{"a":1,"b":[true,null],"c":2.5}');
         String failed; try { JSON.deserializeUntyped('{'); } catch (JSONException e) { failed = 'JSONException'; }
         return JSON.serialize(i) + back.total + (m.get('a') instanceof Integer) + (m.get('c') instanceof Decimal) + ((List<Object>) m.get('b')).size() + failed + JSON.serialize(i, true);`,
        'public class Invoice { public String id; public Decimal total; public List<String> lines; public Date due; }',
      ),
    ],
    answer:
      '{"id":"A1","total":10.50,"lines":["x"],"due":null}10.50truetrue2JSONException{"id":"A1","total":10.50,"lines":["x"]}',
  },
  'Database.insert with allOrNone false keeps the good ones, and says of each of the others why': {
    source: `${GUIDE}/langCon_apex_dml_database.htm`,
    classes: [
      body(
        'Partial',
        `List<Contact> all = new List<Contact>{ new Contact(LastName = 'Partial Good'), new Contact(FirstName = 'Nameless') };
         String said = '';
         for (Database.SaveResult one : Database.insert(all, false)) { said += one.isSuccess() + (one.isSuccess() ? '' : ' ' + one.getErrors()[0].getStatusCode() + ' ' + one.getErrors()[0].getFields()) + ';'; }
         return said + (all[0].Id != null) + (all[1].Id == null) + [SELECT COUNT() FROM Contact WHERE LastName = 'Partial Good'];`,
      ),
    ],
    answer: 'true;false REQUIRED_FIELD_MISSING (LastName);truetrue1',
  },
  'a statement with one bad record saves none': {
    source: `${GUIDE}/langCon_apex_dml_database.htm`,
    classes: [
      body(
        'AllOrNone',
        `try { insert new List<Contact>{ new Contact(LastName = 'All Good'), new Contact(FirstName = 'Nameless') }; }
         catch (DmlException e) { return e.getNumDml() + ' ' + e.getDmlIndex(0) + ' ' + e.getDmlType(0) + ' ' + [SELECT COUNT() FROM Contact WHERE LastName = 'All Good']; }
         return '';`,
      ),
    ],
    answer: '1 1 REQUIRED_FIELD_MISSING 0',
  },
  'a chain ends at null with ?., and ?? gives another value': {
    source: `${GUIDE}/langCon_apex_SafeNavigationOperator.htm`,
    classes: [
      body(
        'Safe',
        `Account a; List<Contact> none; return (a?.Name == null) + ' ' + (a?.Name?.length() ?? 7) + ' ' + none?.size() + ' ' + [SELECT Name FROM Account WHERE Name = 'nobody at all']?.Name;`,
      ),
    ],
    answer: 'true 7 null null',
  },
  'a query fills a list, a map by ids, one record, and lists of children': {
    source: `${GUIDE}/langCon_apex_SOQL.htm`,
    classes: [
      body(
        'Queries',
        `Account a = new Account(Name = 'Queried'); insert a; insert new List<Contact>{ new Contact(LastName = 'Q One', AccountId = a.Id), new Contact(LastName = 'R Two', AccountId = a.Id) };
         Map<Id, Contact> byId = new Map<Id, Contact>([SELECT Id, LastName FROM Contact WHERE AccountId = :a.Id]);
         Account with = [SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName DESC) FROM Account WHERE Id = :a.Id];
         Integer n = 0; for (Contact c : [SELECT Id FROM Contact WHERE Id IN :byId.keySet()]) { n++; }
         AggregateResult r = [SELECT COUNT(Id) c FROM Contact WHERE AccountId = :a.Id];
         return byId.size() + with.Name + with.Contacts[0].LastName + n + r.get('c');`.replace(
          /\bwith\b/g,
          'found',
        ),
      ),
    ],
    answer: '2QueriedR Two22',
  },
};

const tests = `@IsTest private class GuideTest {
  @TestSetup static void make() { insert new Account(Name = 'Set up'); }
  @IsTest static void limitsAreNewBehindStartTest() {
    for (Integer i = 0; i < 60; i++) { List<Account> a = [SELECT Id FROM Account]; }
    Test.startTest();
    System.assertEquals(0, Limits.getQueries());
    for (Integer i = 0; i < 60; i++) { List<Account> a = [SELECT Id FROM Account]; }
    Test.stopTest();
    System.assertEquals(60, Limits.getQueries());
  }
  @IsTest static void runAsIsAnotherUser() {
    Profile p = [SELECT Id FROM Profile WHERE Name = 'Standard User'];
    User u = new User(Alias = 'standt', Email = 'standarduser@example.com', EmailEncodingKey = 'UTF-8', LastName = 'Testing', LanguageLocaleKey = 'en_US', LocaleSidKey = 'en_US', ProfileId = p.Id, TimeZoneSidKey = 'GMT', UserName = 'guide' + Datetime.now().getTime() + '@example.com');
    String before = UserInfo.getUserName();
    System.runAs(u) { System.assertEquals(u.Username, UserInfo.getUserName()); insert new Account(Name = 'By another'); }
    System.assertEquals(before, UserInfo.getUserName());
    System.assertEquals(u.Id, [SELECT CreatedById FROM Account WHERE Name = 'By another'].CreatedById);
  }
  @IsTest static void eachMethodFindsWhatWasSetUp() {
    System.assertEquals(1, [SELECT COUNT() FROM Account]);
    delete [SELECT Id FROM Account];
  }
  @IsTest static void eachMethodFindsWhatWasSetUpAgain() { System.assertEquals(1, [SELECT COUNT() FROM Account]); }
  @IsTest static void aFutureMethodRunsAtStop() {
    Test.startTest(); Later.call('future'); System.assertEquals(0, [SELECT COUNT() FROM Contact]); Test.stopTest();
    System.assertEquals('future true', [SELECT LastName FROM Contact].LastName);
  }
  @IsTest static void aJobCannotBeChainedInATest() {
    Test.startTest();
    System.enqueueJob(new Chain(2));
    try { Test.stopTest(); System.assert(false); } catch (AsyncException e) { System.assertEquals('Maximum stack depth has been reached.', e.getMessage()); }
  }
  @IsTest static void noLimitIsCaught() {
    try { while (true) { Integer i = 1; } } catch (Exception e) { System.assert(false, 'caught'); }
  }
}`;

const later = `public class Later {
  @future public static void call(String label) { insert new Contact(LastName = label + ' ' + System.isFuture()); }
  @future public static void again() { Later.call('never'); }
}`;

const chain = `public class Chain implements Queueable {
  Integer left;
  public Chain(Integer left) { this.left = left; }
  public void execute(QueueableContext context) {
    insert new Contact(LastName = 'Chain ' + left + ' ' + System.isQueueable());
    if (left > 0) { System.enqueueJob(new Chain(left - 1)); }
  }
}`;

let org: CodeOrg;
const heard: string[] = [];

beforeAll(async () => {
  org = await CodeOrg.start({
    duplicateRules: false,
    report: (line) => {
      heard.push(line);
    },
  });
  const classes = Object.values(topics).flatMap((one) => one.classes);
  org.deploy(codeFiles(...classes, tests, later, chain));
});
afterAll(() => org.close());

const nameOf = (source: string): string => /class (\w+)/.exec(source)?.[1] ?? '';

statement.group(
  'Apex gives the answers that Salesforce’s guide documents: of `local/org/test/contract/apex/guide.test.ts` each with its page.',
  () => {
    it.each(Object.entries(topics))('%s', async (_, { classes, answer, source }) => {
      expect(await org.told(`${nameOf(classes[0] ?? '')}.run()`), source).toBe(answer);
    });

    // apex_testing_tools_start_stop_test.htm, apex_testing_tools_runas.htm, apex_testing_testsetup_using.htm,
    // apex_queueing_jobs.htm, apex_gov_limits.htm
    it('tests have limits of their own, users, records of a setup, and end at a limit', async () => {
      const { body } = await org.at.rest('POST', '/tooling/runTestsSynchronous', {
        tests: [{ className: 'GuideTest' }],
      });
      const { numTestsRun, failures } = body as {
        numTestsRun: number;
        failures: readonly { methodName: string; message: string }[];
      };
      expect(failures.map(({ methodName, message }) => `${methodName}: ${message}`)).toEqual([
        'noLimitIsCaught: System.LimitException: Apex CPU time limit exceeded',
      ]);
      expect(numTestsRun).toBe(7);
    });

    // apex_queueing_jobs.htm: each job may queue one more.
    it('a job queues the next one', async () => {
      await org.run('System.enqueueJob(new Chain(2));');
      await expect
        .poll(
          () =>
            org.values(
              "SELECT LastName FROM Contact WHERE LastName LIKE 'Chain %' ORDER BY LastName DESC",
            ),
          {
            timeout: 20_000,
          },
        )
        .toEqual(['Chain 2 true', 'Chain 1 true', 'Chain 0 true']);
    });

    // apex_invoking_future_methods.htm: a future method cannot call another one.
    it('a future method calls none', async () => {
      await org.run('Later.again();');
      await expect
        .poll(() => heard.join(' '), { timeout: 20_000 })
        .toContain('Future method cannot be called from a future or batch method: Later.call');
    });
  },
);
