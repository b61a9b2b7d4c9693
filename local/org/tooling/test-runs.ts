import type { AccessControl } from '../access/access-control.ts';
import type { OrgUser } from '../api/sessions.ts';
import { chooseTests, testClassesOf } from '../apex/host/chosen-tests.ts';
import { programOf } from '../apex/host/programs.ts';
import { runTestsResult } from '../apex/host/test-result.ts';
import { TestRunner, type Chosen, type MethodResult } from '../apex/host/tests.ts';
import type { OrgData } from '../data/org-data.ts';
import type { RunTestsResult } from '../metadata/deploy/test-result.ts';
import { counterOf, makeId } from '../model/ids.ts';
import type { AskedTests } from './asked-tests.ts';
import type { CoverageOfTests } from './coverage.ts';
import type { ToolingRows } from './rows.ts';

interface Parts {
  readonly org: OrgData;
  readonly access: AccessControl;
  readonly rows: ToolingRows;
  readonly coverage: CoverageOfTests;
  /** Is told that a class of a run has ended. */
  readonly heard: (runId: string) => void;
  /** Is told, in a line, what no caller hears of. */
  readonly report: (line: string) => void;
}

/** A run that nobody waits for. */
interface Run {
  readonly id: string;
  readonly resultId: string;
  readonly user: OrgUser;
  readonly skipsCoverage: boolean;
  readonly items: readonly { readonly id: string; readonly chosen: Chosen }[];
  readonly done: MethodResult[];
}

/** Runs Apex tests for the API, one class after the other. */
export class TestRuns {
  private readonly parts: Parts;
  private readonly waiting = new Set<NodeJS.Timeout>();
  private begun: number;

  constructor(parts: Parts) {
    this.parts = parts;
    const last = parts.rows.highest('ApexTestRunResult', 'AsyncApexJobId');
    this.begun = last === undefined ? 0 : counterOf(last);
  }

  private chosen({ tests }: AskedTests): readonly Chosen[] {
    const program = programOf(this.parts.org);
    return tests
      ? chooseTests(program, tests)
      : testClassesOf(program).map((className) => ({ className }));
  }

  private runner(user: OrgUser): TestRunner {
    return new TestRunner(this.parts.org, this.parts.access, user.id);
  }

  /** @throws UnknownTest */
  synchronous(asked: AskedTests, user: OrgUser): RunTestsResult & { readonly apexLogId: null } {
    const run = this.runner(user).run(this.chosen(asked));
    if (!asked.skipsCoverage) this.parts.coverage.add(run.results);
    const shown = asked.skipsCoverage ? { ...run, coverage: [] } : run;
    return {
      ...runTestsResult(shown, (name) => this.parts.rows.classId(name)),
      apexLogId: null,
    };
  }

  /**
   * Runs tests after the call has ended.
   * @returns the id of the run; undefined where there is no test
   * @throws UnknownTest
   */
  asynchronous(asked: AskedTests, user: OrgUser): string | undefined {
    const chosen = this.chosen(asked);
    if (chosen.length === 0) return undefined;
    const { rows, org } = this.parts;
    const id = makeId('707', ++this.begun);
    const resultId = rows.add('ApexTestRunResult', {
      AsyncApexJobId: id,
      UserId: user.id,
      JobName: 'TestRunner',
      Source: 'SFDX',
      IsAllTests: asked.tests === undefined,
      StartTime: org.now(),
      TestTime: 0,
      TestSetupTime: 0,
      Status: 'Queued',
      ClassesEnqueued: chosen.length,
      ClassesCompleted: 0,
      MethodsEnqueued: this.methodsOf(chosen),
      MethodsCompleted: 0,
      MethodsFailed: 0,
    });
    const items = chosen.map((one) => ({
      chosen: one,
      id: rows.add('ApexTestQueueItem', {
        ApexClassId: rows.classId(one.className),
        Status: 'Queued',
        ParentJobId: id,
        TestRunResultId: resultId,
      }),
    }));
    rows.keepClasses();
    const run = { id, resultId, user, skipsCoverage: asked.skipsCoverage, items, done: [] };
    this.later(() => {
      this.next(run, 0);
    });
    return id;
  }

  private methodsOf(chosen: readonly Chosen[]): number {
    const { classes } = programOf(this.parts.org).program;
    return chosen.reduce((sum, { className, methods }) => {
      const found = classes.find(({ name }) => name === className)?.methods ?? [];
      return sum + (methods?.length ?? found.filter((one) => 'istest' in one.annotations).length);
    }, 0);
  }

  /** Drops what is still to be done: the org ends. */
  close(): void {
    for (const timer of this.waiting) clearTimeout(timer);
    this.waiting.clear();
  }

  private later(step: () => void): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      step();
    });
    this.waiting.add(timer);
  }

  /** Runs the class at this place; calls are answered between one class and the next. */
  private next(run: Run, at: number): void {
    const item = run.items[at];
    if (!item) {
      this.end(run);
      return;
    }
    const { rows } = this.parts;
    rows.change('ApexTestRunResult', run.resultId, { Status: 'Processing' });
    rows.change('ApexTestQueueItem', item.id, { Status: 'Processing' });
    this.runItem(run, item);
    const failed = run.done.filter((one) => one.failure).length;
    rows.change('ApexTestRunResult', run.resultId, {
      ClassesCompleted: at + 1,
      MethodsCompleted: run.done.length,
      MethodsFailed: failed,
      TestTime: run.done.reduce((sum, one) => sum + one.milliseconds, 0),
    });
    this.parts.heard(run.id);
    this.later(() => {
      this.next(run, at + 1);
    });
  }

  private runItem(run: Run, { id, chosen }: Run['items'][number]): void {
    const { rows, coverage, report } = this.parts;
    try {
      const { results } = this.runner(run.user).run([chosen]);
      const passed = results.filter((one) => !one.failure).length;
      if (!run.skipsCoverage) coverage.add(results);
      for (const one of results) this.addResult(run, id, one);
      run.done.push(...results);
      rows.change('ApexTestQueueItem', id, {
        // A deploy in between may have taken the class.
        Status: results.length > 0 ? 'Completed' : 'Failed',
        ExtendedStatus: `(${passed}/${results.length})`,
      });
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      rows.change('ApexTestQueueItem', id, { Status: 'Failed', ExtendedStatus: said });
      report(`The tests of ${chosen.className} could not be run: ${said}`);
    }
  }

  private addResult(run: Run, queueItem: string, one: MethodResult): void {
    const { rows, org } = this.parts;
    rows.add('ApexTestResult', {
      TestTimestamp: org.now(),
      ApexClassId: rows.classId(one.className),
      Outcome: one.failure ? 'Fail' : 'Pass',
      MethodName: one.method,
      Message: one.failure?.message ?? null,
      StackTrace: one.failure?.trace ?? null,
      AsyncApexJobId: run.id,
      QueueItemId: queueItem,
      ApexTestRunResultId: run.resultId,
      RunTime: one.milliseconds,
      IsTestSetup: false,
    });
  }

  private end(run: Run): void {
    const { rows, org, heard } = this.parts;
    const isSound =
      run.done.every((one) => !one.failure) &&
      rows.all('ApexTestQueueItem', { ParentJobId: run.id, Status: 'Failed' }) === 0;
    const Status = isSound ? 'Completed' : 'Failed';
    rows.change('ApexTestRunResult', run.resultId, { Status, EndTime: org.now() });
    heard(run.id);
  }
}
