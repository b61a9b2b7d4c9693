import type { AccessControl } from '../../access/access-control.ts';
import { inTransaction } from '../../flow/parts/limits.ts';
import { quoted } from '../../lib/database.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { ApexException, LimitFault, NotEmulated } from '../runtime/run/exception.ts';
import type { LinkedProgram, MethodOutline } from '../runtime/run/linked.ts';
import { runIn, Transaction } from '../runtime/run/transaction.ts';
import { OrgHost, type Outside } from './org-host.ts';
import { programOf } from './programs.ts';
import { Savepoints } from './savepoints.ts';

/** What became of one test method. */
export interface MethodResult {
  readonly className: string;
  readonly method: string;
  /** Undefined where it has passed. */
  readonly failure:
    | { readonly message: string; readonly trace: string; readonly type: string }
    | undefined;
  readonly milliseconds: number;
  /** Lines of each class that it has run, by the name of the class. */
  readonly covered: ReadonlyMap<string, readonly number[]>;
}

/** Lines of a class that tests have to run, and those that they ran. */
export interface Coverage {
  readonly name: string;
  readonly covered: readonly number[];
  readonly uncovered: readonly number[];
}

export interface TestRun {
  readonly results: readonly MethodResult[];
  readonly coverage: readonly Coverage[];
}

/** Which tests run: those of a class that are not named otherwise all. */
export interface Chosen {
  readonly className: string;
  readonly methods?: readonly string[];
}

export const isTestMethod = ({ annotations }: MethodOutline): boolean => 'istest' in annotations;

/** Objects whose records tests see, whoever made them: what Setup keeps. */
const SETUP = new Set([
  'User',
  'PermissionSetAssignment',
  'UserExternalCredential',
  'PermissionSetLicenseAssign',
]);

/** Takes away the records of the org, which tests do not see. */
function hideData(org: WholeOrg): void {
  for (const { kind, name } of new Set(org.schema().values())) {
    if (kind !== 'custom' && (kind !== 'standard' || SETUP.has(name))) continue;
    const standard = name === 'Pricebook2' ? ' WHERE IsStandard = 0' : '';
    org.db.run(`DELETE FROM ${quoted(name)}${standard}`);
  }
}

const failureOf = (error: unknown): MethodResult['failure'] => {
  if (error instanceof ApexException) {
    return { type: error.typeName, message: error.toString(), trace: error.trace };
  }
  if (error instanceof LimitFault) {
    return {
      type: error.typeName,
      message: `${error.typeName}: ${error.message}`,
      trace: error.trace,
    };
  }
  if (error instanceof NotEmulated)
    return { type: 'NotEmulated', message: error.message, trace: '' };
  throw error;
};

type Covered = Map<number, Set<number>>;

function add(to: Covered, unit: number, lines: ReadonlySet<number>): void {
  const all = to.get(unit) ?? new Set();
  for (const line of lines) all.add(line);
  to.set(unit, all);
}

/** Runs Apex tests in an org, each method by itself; what it writes is undone. */
export class TestRunner {
  private readonly org: WholeOrg;
  private readonly access: Pick<AccessControl, 'viewOf'>;
  private readonly userId: string;
  /** Of all tests so far, and of the one that runs: lines by the number of their class. */
  private readonly covered: Covered = new Map();
  private coveredByTest: Covered = new Map();

  constructor(org: WholeOrg, access: Pick<AccessControl, 'viewOf'>, userId: string) {
    this.org = org;
    this.access = access;
    this.userId = userId;
  }

  run(chosen: readonly Chosen[]): TestRun {
    const program = programOf(this.org);
    const results = chosen.flatMap((one) => this.runClass(program, one));
    return { results, coverage: this.coverage(program) };
  }

  private runClass(
    program: LinkedProgram,
    { className, methods }: Chosen,
  ): readonly MethodResult[] {
    const found = program.classes.find(
      ({ outline }) => outline.isTest && outline.name.toLowerCase() === className.toLowerCase(),
    );
    if (!found) return [];
    const all = found.outline.methods;
    const setups = all.filter((one) => 'testsetup' in one.annotations);
    const wanted = methods && new Set(methods.map((one) => one.toLowerCase()));
    const tests = all.filter(
      (one) => isTestMethod(one) && (wanted?.has(one.name.toLowerCase()) ?? true),
    );
    return tests.map((method) => {
      const started = performance.now();
      this.coveredByTest = new Map();
      const failure = this.isolated(() => {
        for (const one of setups) this.call(program, found.statics, one);
        this.call(program, found.statics, method);
      });
      const milliseconds = Math.round(performance.now() - started);
      const covered = namesOf(this.coveredByTest, program);
      return { className: found.outline.name, method: method.name, failure, milliseconds, covered };
    });
  }

  private isolated(work: () => void): MethodResult['failure'] {
    const { db } = this.org;
    db.begin();
    try {
      hideData(this.org);
      inTransaction(db, work);
      return undefined;
    } catch (error) {
      return failureOf(error);
    } finally {
      db.rollback();
    }
  }

  private call(
    program: LinkedProgram,
    statics: LinkedProgram['classes'][number]['statics'],
    method: MethodOutline,
  ): void {
    const savepoints = new Savepoints(this.org.db);
    const outside: Outside = {
      viewOf: (userId) => this.access.viewOf(userId),
      savepoints,
      debug: () => undefined,
      callout: () => {
        throw new Error('a test has called out');
      },
      enqueueDeployment: () => {
        throw new Error('a test has deployed');
      },
    };
    const transaction = new Transaction(program, new OrgHost(this.userId, outside), {
      isTest: true,
    });
    try {
      runIn(transaction, () => statics[method.code]?.());
      savepoints.keep();
    } catch (error) {
      savepoints.drop();
      throw error;
    } finally {
      this.addCoverage(transaction);
    }
  }

  private addCoverage({ covered }: Transaction): void {
    for (const [unit, lines] of covered.entries()) {
      if (!lines) continue;
      add(this.covered, unit, lines);
      add(this.coveredByTest, unit, lines);
    }
  }

  private coverage(program: LinkedProgram): readonly Coverage[] {
    const covered = namesOf(this.covered, program);
    return testedClasses(program).map(({ name, lines }) => {
      const ran = covered.get(name) ?? [];
      return { name, covered: ran, uncovered: lines.filter((line) => !ran.includes(line)) };
    });
  }
}

/** Classes that tests are to cover: the inner ones count with those around them. */
export const testedClasses = ({ program }: LinkedProgram): LinkedProgram['program']['classes'] =>
  program.classes.filter((one) => !one.isTest && !one.name.includes('.'));

/** Lines that are to be covered and have run, by the names of their classes. */
const namesOf = (
  covered: Covered,
  linked: LinkedProgram,
): ReadonlyMap<string, readonly number[]> => {
  const found = testedClasses(linked).map(({ name, lines }) => {
    const ran = covered.get(linked.program.classes.findIndex((one) => one.name === name));
    return [name, lines.filter((line) => ran?.has(line) ?? false)] as const;
  });
  return new Map(found.filter(([, lines]) => lines.length > 0));
};
