import { describe, expect, it } from 'vitest';
import { problemsIn, result, returned } from './apex-code.ts';

describe('numbers', () => {
  it.each([
    ['7 / 2', '3'],
    ['-7 / 2', '-3'],
    ['2147483647 + 1', '-2147483648'],
    ['2147483647L + 1', '2147483648'],
    ['9223372036854775807L + 1', '-9223372036854775808'],
    ['1.10 + 2.205', '3.305'],
    ['1.5 * 2', '3.0'],
    ['1.0 / 3', '0.3333333333333333333333333333333333'],
    ['10.00 / 4', '2.50'],
    ['Math.mod(7, 3)', '1'],
    ["Integer.valueOf('42') + 1", '43'],
    ['(1.0).setScale(3)', '1.000'],
    ['2.5.round()', '2'],
    ['1 == 1.00', 'true'],
    ['(Object) 5 instanceof Long', 'true'],
    ['(Object) 5L instanceof Integer', 'false'],
    ['5.intValue()', '5'],
    ['3 & 6', '2'],
    ['1 << 4', '16'],
  ])('%s is %s', (expression, value) => {
    expect(result(`return ${expression};`)).toBe(value);
  });

  it('an integer that is divided by zero, or not there, is an exception with its place', () => {
    expect(result('Integer zero = 0; return 1 / zero;')).toBe(
      'System.MathException: Divide by 0\nClass.Sample.run: line 1, column 1',
    );
    expect(result('Integer blank; return blank + 1;')).toContain(
      'System.NullPointerException: Attempt to de-reference a null object',
    );
  });
});

describe('texts', () => {
  it.each([
    ["'a' == 'A'", 'true'],
    ["'a'.equals('A')", 'false'],
    ["'x' + null + 1 + true", 'xnull1true'],
    ["'a,b,,'.split(',').size()", '2'],
    ["'a1b22'.replaceAll('[0-9]+', '#')", 'a#b#'],
    ["String.join(new List<String>{ 'a', 'b' }, '-')", 'a-b'],
    ["String.format('{0} of {1}', new List<Object>{ 1, 'x' })", '1 of x'],
    ["'abc'.substring(1)", 'bc'],
    ["'abc'.left(9)", 'abc'],
    ["'Tom''s'.length()", '5'],
    [String.raw`'a\'b'.length()`, '3'],
    ["String.isBlank(' ')", 'true'],
    ["'001000000000001'.equals('x') || (Id) '001000000000001AAA' == '001000000000001'", 'true'],
    ["'abc'.abbreviate(9)", 'abc'],
  ])('%s is %s', (expression, value) => {
    const doubled = expression.replace("Tom''s", String.raw`Tom\'s`);
    expect(result(`return ${doubled};`)).toBe(value);
  });

  it('what is no id is refused where an id is wanted', () => {
    expect(result("String text = 'nonsense'; Id found = text; return found;")).toContain(
      'System.StringException: Invalid id: nonsense',
    );
  });
});

describe('collections', () => {
  it('keep the order in which keys came, and find equal keys', () => {
    const code = `Map<String, Integer> m = new Map<String, Integer>{ 'b' => 1, 'a' => 2 };
      m.put('b', 3); m.remove('x');
      return m + ' ' + m.keySet() + ' ' + m.values();`;
    expect(result(code)).toBe('{b=3, a=2} {b, a} (3, 2)');
  });

  it('find decimals of another scale, dates and lists in sets', () => {
    const code = `Set<Object> s = new Set<Object>{ 1.0, Date.newInstance(2026, 1, 31) };
      return s.contains(1.00) + ' ' + s.contains(Date.newInstance(2026, 1, 31)) + ' ' + s.size();`;
    expect(result(code)).toBe('true true 2');
  });

  it('are sorted, copied and changed in loops', () => {
    const code = `List<Integer> l = new Integer[]{ 3, 1, 2 }; l.sort(); List<Integer> c = l.clone(); c[0] = 9; l[1] += 5;
      for (Integer i : l) { if (i == 1) { l.add(4); } }
      return l + ' ' + c;`;
    expect(result(code)).toBe('(1, 7, 3, 4) (9, 2, 3)');
  });

  it('have no items beyond their end', () => {
    expect(result('return new List<String>()[0];')).toContain(
      'System.ListException: List index out of bounds: 0',
    );
  });
});

describe('statements', () => {
  it('loop, leave loops and go on', () => {
    const code = `Integer n = 0;
      for (Integer i = 0; i < 10; i++) { if (i == 2) { continue; } if (i == 5) { break; } n += i; }
      do { n++; } while (n < 20);
      while (true) { n += 10; if (n > 40) { break; } }
      return n;`;
    expect(result(code)).toBe('50');
  });

  it.each(['while (true)', 'for (;;)', 'for (; true;)'])(
    'behind a loop without an end no return is missing: %s',
    (head) => {
      expect(result(`Integer n = 0; ${head} { n++; if (n == 3) { return n; } }`)).toBe('3');
      const [problem] = problemsIn(
        `public class Sample { static Integer f() { ${head} { if (f() == 3) { break; } } } }`,
      );
      expect(problem).toMatch(/Missing return statement/);
    },
  );

  it('switch on values, enums and types', () => {
    const code = `public class Sample {
      public enum Size { SMALL, LARGE }
      static String kind(SObject o) { switch on o { when Account a { return 'a' + a.Name; } when Contact c { return 'c' + c.LastName; } when else { return '?'; } } }
      static String size(Size s) { switch on s { when SMALL { return 'small'; } when LARGE { return 'large'; } when null { return 'none'; } } return 'x'; }
      public static String run() { return kind(new Account(Name = 'x')) + kind(new Contact(LastName = 'y')) + kind(new User()) + size(Size.LARGE) + size(null) + Size.values().size() + Size.SMALL.ordinal(); }
    }`;
    expect(returned(code)).toBe('axcy?largenone20');
  });

  it.each(['Object', 'Blob', 'Decimal', 'List<String>'])('a switch is not on %s', (type) => {
    const code = `public class Sample { static void f(${type} o) { switch on o { when null { } } } }`;
    expect(problemsIn(code)).toEqual([
      `1:${53 + type.length} A switch is on an Integer, Long, String, SObject or enum, not ${type}`,
    ]);
  });

  it('catch what fits, and run finally', () => {
    const code = `String log = '';
      try { try { Object o = 'x'; Integer i = (Integer) o; } catch (MathException e) { log += 'math'; } finally { log += 'f'; } }
      catch (TypeException e) { log += e.getMessage() + e.getTypeName() + e.getLineNumber(); }
      return log;`;
    expect(result(code)).toBe(
      'fInvalid conversion from runtime type String to IntegerSystem.TypeException2',
    );
  });

  it('steps give the value before and after', () => {
    expect(result("Integer a = 1; Integer b = a++ + ++a; a -= 1; return a + ' ' + b;")).toBe('2 4');
  });
});

describe('null', () => {
  it('ends a chain with ?. whole, and ?? gives another value', () => {
    const code = `String s; List<String> l;
      return s?.trim().length() + ' ' + (s?.length() ?? -1) + ' ' + l?.size();`;
    expect(result(code)).toBe('null -1 null');
  });

  it('is an exception where something is asked of it, with the methods in which it happened', () => {
    const code = `public class Sample {
      class Inner { String name; Integer size() {
        return name.length();
      } }
      public static Integer run() {
        return new Inner().size();
      }
    }`;
    expect(returned(code)).toBe(
      [
        'System.NullPointerException: Attempt to de-reference a null object',
        'Class.Sample.Inner.size: line 3, column 1',
        'Class.Sample.run: line 6, column 1',
      ].join('\n'),
    );
  });
});

describe('classes', () => {
  it('extend each other, override, and call what is above', () => {
    const code = `public class Sample {
      public virtual class Shape { protected String name; public Shape(String name) { this.name = name; }
        public virtual Decimal area() { return 0; } public String tell() { return name + area(); } }
      public class Square extends Shape { Decimal side; public Square(Decimal side) { super('square'); this.side = side; }
        public override Decimal area() { return side * side + super.area(); } }
      public interface Named { String tell(); }
      public abstract class Base implements Named { public abstract String tell(); public virtual override String toString() { return 'base'; } }
      public class Leaf extends Base { public override String tell() { return 'leaf'; } }
      public static String run() { Shape s = new Square(2); Named n = new Leaf(); return s.tell() + n.tell() + n + (s instanceof Square) + (s instanceof Shape); }
    }`;
    expect(returned(code)).toBe('square4leafbasetruetrue');
  });

  it('have static initialisers, properties with code, and fields with values in their order', () => {
    const code = `public class Sample {
      static Integer first = 1; static Integer second; static { second = first + 1; }
      public Integer doubled { get { return doubled * 2; } set { doubled = value + 1; } }
      Integer a = 3; Integer b = a + 1;
      public static String run() { Sample s = new Sample(); s.doubled = 4; return second + ' ' + s.doubled + ' ' + s.b; }
    }`;
    expect(returned(code)).toBe('2 10 4');
  });

  it('choose among methods of a name by the types of the arguments', () => {
    const code = `public class Sample {
      static String f(Object o) { return 'object'; } static String f(String s) { return 'string'; } static String f(Long l) { return 'long'; }
      static String f(Integer a, Integer b) { return 'two'; }
      public static String run() { Object o = 'x'; return f(o) + f('x') + f(1) + f(1, 2) + f(1.5); }
    }`;
    expect(returned(code)).toBe('objectstringlongtwoobject');
  });

  it('are exceptions with fields and reasons of their own', () => {
    const code = `public class Sample {
      public class ProblemException extends Exception { public Integer code; public ProblemException(Integer code, String text) { this.setMessage(text); this.code = code; } }
      public class PlainException extends Exception {}
      public static String run() {
        try { throw new ProblemException(7, 'seven'); } catch (ProblemException p) {
          try { throw new PlainException('outer', p); } catch (Exception e) { return p.code + p.getMessage() + e.getTypeName() + e.getCause().getMessage(); }
        }
      }
    }`;
    expect(returned(code)).toBe('7sevenSample.PlainExceptionseven');
  });

  it('are sorted as they say, equal as they say, and written as JSON', () => {
    const code = `public class Sample implements Comparable {
      public Integer n; public Sample(Integer n) { this.n = n; }
      public Integer compareTo(Object other) { return n - ((Sample) other).n; }
      public Boolean equals(Object other) { return n == ((Sample) other).n; }
      public Integer hashCode() { return n; }
      public static String run() {
        List<Sample> l = new List<Sample>{ new Sample(2), new Sample(1) }; l.sort();
        Set<Sample> s = new Set<Sample>{ new Sample(1), new Sample(1) };
        Sample back = (Sample) JSON.deserialize('{"n": 9}', Sample.class);
        return JSON.serialize(l) + s.size() + back.n;
      }
    }`;
    expect(returned(code)).toBe('[{"n":1},{"n":2}]19');
  });
});

describe('limits', () => {
  it('end what never ends, and no code catches them', () => {
    const endless =
      'try { while (true) { Integer i = 1; } } catch (Exception e) { return 1; } finally { Integer j = 1 / 0; }';
    expect(result(endless)).toBe('System.LimitException: Apex CPU time limit exceeded');
    const deep = `public class Sample { static Integer f(Integer n) { return f(n + 1); }
      public static Integer run() { try { return f(0); } catch (Exception e) { return 1; } } }`;
    expect(returned(deep)).toBe('System.LimitException: Maximum stack depth reached: 1001');
  });

  it('are those of Salesforce', () => {
    const queries =
      'for (Integer i = 0; i < 101; i++) { List<User> u = [SELECT Id FROM User LIMIT 1]; } return null;';
    expect(result(queries)).toBe('System.LimitException: Too many SOQL queries: 101');
    const statements =
      "for (Integer i = 0; i < 151; i++) { insert new Account(Name = 'x' + i); } return null;";
    expect(result(statements)).toBe('System.LimitException: Too many DML statements: 151');
    expect(result('return Limits.getQueries() + Limits.getLimitQueries();')).toBe('100');
  });
});

describe('records', () => {
  it('are saved, found again, changed and deleted', () => {
    const code = `Account a = new Account(Name = 'Acme', NumberOfEmployees = 5); insert a;
      Contact c = new Contact(LastName = 'Doe', AccountId = a.Id); insert c;
      Contact found = [SELECT LastName, Account.Name FROM Contact WHERE Id = :c.Id];
      found.LastName = 'Roe'; update found;
      List<Contact> all = [SELECT Id, LastName FROM Contact WHERE AccountId IN :new Set<Id>{ a.Id }];
      delete a;
      return found.Account.Name + all[0].LastName + [SELECT COUNT() FROM Contact WHERE Id = :c.Id];`;
    expect(result(code)).toBe('AcmeRoe0');
  });

  it('are refused by statements with an exception, and by Database with results', () => {
    const code = `Database.SaveResult r = Database.insert(new Contact(), false);
      String said = r.isSuccess() + ' ' + r.getErrors()[0].getStatusCode();
      try { insert new Contact(FirstName = 'x'); } catch (DmlException e) { said += ' ' + e.getMessage() + e.getNumDml(); }
      return said;`;
    expect(result(code)).toBe(
      'false REQUIRED_FIELD_MISSING Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [LastName]: [LastName]1',
    );
  });

  it('have checkboxes that are false unless set, and only the fields that were asked for', () => {
    expect(result('return new Product2().IsActive;')).toBe('false');
    const code =
      "insert new Account(Name = 'x'); Account a = [SELECT Id FROM Account LIMIT 1]; return a.Name;";
    expect(result(code)).toContain(
      'System.SObjectException: SObject row was retrieved via SOQL without querying the requested field: Account.Name',
    );
  });

  it('are not found, or too many, where one is wanted', () => {
    const code = "Account a = [SELECT Id FROM Account WHERE Name = 'nobody']; return a;";
    expect(result(code)).toContain(
      'System.QueryException: List has no rows for assignment to SObject',
    );
  });

  it('are as before once a savepoint is gone back to', () => {
    const code = `insert new Account(Name = 'one'); Savepoint s = Database.setSavepoint(); insert new Account(Name = 'two');
      Database.rollback(s); return [SELECT COUNT() FROM Account];`;
    expect(result(code)).toBe('1');
  });
});

describe('work for later', () => {
  it('runs when the test stops, each with limits of its own', () => {
    const code = `public class Sample implements Queueable {
      static Integer done = 0;
      public void execute(QueueableContext context) { done += 10; }
      @future static void later(Integer by) { done += by; }
      public static String run() {
        Test.startTest(); System.enqueueJob(new Sample()); later(5); Integer before = done; Test.stopTest();
        return before + ' ' + done;
      }
    }`;
    expect(returned(code)).toBe('0 15');
  });
});

describe('a record', () => {
  it('leads to the parents that it has, and to nothing by other names', () => {
    const contact = "Contact one = new Contact(LastName = 'L', Account = new Account(Name = 'A'));";
    expect(result(`${contact} return '' + one.getSObject('account').get('Name');`)).toBe('A');
    for (const name of ['LastName', 'Nope__r']) {
      expect(result(`${contact} return '' + one.getSObject('${name}');`)).toContain(
        `System.SObjectException: Invalid relationship ${name} for Contact`,
      );
    }
  });
});

describe('JSON', () => {
  it('numbers are integers, longs or decimals, and none is changed in silence', () => {
    const all = '[2147483647, 2147483648, -9223372036854775808, 1.50, 1e3]';
    expect(result(`return JSON.serialize(JSON.deserializeUntyped('${all}'));`)).toBe(
      '[2147483647,2147483648,-9223372036854775808,1.50,1000]',
    );
    for (const number of ['9223372036854775808', '1e99999', '-1e-99999']) {
      expect(() => result(`return JSON.deserializeUntyped('{"a":${number}}');`)).toThrow(
        `does not run JSON with the number ${number}`,
      );
    }
  });

  it.each([
    ['getIntegerValue', '2147483648', 'int'],
    ['getLongValue', '9223372036854775808', 'long'],
  ])('%s gives no other number for %s', (method, number, type) => {
    expect(
      result(`JSONParser p = JSON.createParser('${number}'); p.nextToken(); return p.${method}();`),
    ).toContain(`System.JSONException: Numeric value (${number}) out of range of ${type}`);
  });

  it('half of a pair of surrogates is encoded as a question mark, as Java does', () => {
    const text = `(String) JSON.deserializeUntyped('"a\\\\ud83d\\\\ud83d\\\\ude00"')`;
    expect(result(`return EncodingUtil.urlEncode(${text}, 'UTF-8');`)).toBe('a%3F%F0%9F%98%80');
  });
});

describe('what is not run here', () => {
  it.each([
    [
      "Messaging.SingleEmailMessage m = null; m.setSubject('x');",
      /NOT_EMULATED: the local org does not run the type Messaging\.SingleEmailMessage\.$/,
    ],
    [
      'Iterator<String> all;',
      /NOT_EMULATED: the local org does not run the type Iterator<String>\.$/,
    ],
    [
      'Object token = Account.Name;',
      /NOT_EMULATED: the local org does not run the field token Account\.Name\.$/,
    ],
    [
      'Object token = Contact.Account.Name;',
      /NOT_EMULATED: the local org does not run the field token Contact\.Account\.$/,
    ],
    [
      'Object token = Schema.SObjectType.Account;',
      /NOT_EMULATED: the local org does not run SObjectType\.Account\.$/,
    ],
    ["Cache.Org.put('a', 1);", /NOT_EMULATED: the local org does not run Cache\.$/],
    ['EventBus.publish(null);', /NOT_EMULATED: the local org does not run EventBus\.$/],
    [
      "List<List<SObject>> found = [FIND 'x' IN ALL FIELDS RETURNING Account];",
      /NOT_EMULATED: the local org does not run SOSL/,
    ],
    [
      "String s = 'x'.escapeUnicode();",
      /NOT_EMULATED: the local org does not run String\.escapeUnicode/,
    ],
    [
      'AsyncApexJob job = null; Integer items = job.JobItemsProcessed;',
      /NOT_EMULATED: the local org does not run the object AsyncApexJob\.$/,
    ],
    [
      "Object made = new Schema.Case(Subject = 'x');",
      /NOT_EMULATED: the local org does not run the object Schema\.Case\.$/,
    ],
    [
      'Integer jobs = [SELECT COUNT() FROM ApexPage];',
      /NOT_EMULATED: the local org does not run the object ApexPage\.$/,
    ],
    [
      'Object type = SetupAuditTrail.SObjectType;',
      /NOT_EMULATED: the local org does not run SetupAuditTrail\.$/,
    ],
  ])('is refused by name and place: %s', (statement, words) => {
    const [problem = '', ...more] = problemsIn(
      `public class Sample {\n  void f() {\n    ${statement}\n  }\n}`,
    );
    expect(more).toEqual([]);
    expect(problem).toMatch(words);
    expect(problem).toMatch(/^3:\d+ /);
  });

  it('is not said of names that the platform does not have', () => {
    expect(problemsIn('public class Sample { Messaging.Nope m; }')).toEqual([
      '1:23 Invalid type: Messaging.Nope',
    ]);
    expect(problemsIn('public class Sample { AsyncApexJobs a; Nope__c b; }')).toEqual([
      '1:23 Invalid type: AsyncApexJobs',
      '1:40 Invalid type: Nope__c',
    ]);
    expect(
      problemsIn('public class Sample { Object f = [SELECT Id FROM AsyncApexJobs]; }')[0],
    ).toContain("sObject type 'AsyncApexJobs' is not supported.");
    expect(problemsIn('public class Sample { Object f = Account.Nope; }')[0]).toContain(
      'Variable does not exist: Account.Nope',
    );
    expect(problemsIn('public class Sample { Object f = version; }')[0]).toContain(
      'Variable does not exist: version',
    );
  });

  it('an interface of the platform is named, and nothing that follows from it', () => {
    expect(problemsIn('public class Sample implements Database.Batchable<SObject> { }')).toEqual([
      '1:32 NOT_EMULATED: the local org does not run the type Database.Batchable<SObject>.',
    ]);
  });
});
