import type { AccessControl } from '../access/access-control.ts';
import { notEmulated, ok, refusal, type Answer } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import type { OrgUser } from '../api/sessions.ts';
import type { ApexRuns } from '../apex/host/runs.ts';
import { NotEmulated } from '../apex/runtime/run/exception.ts';
import type { OrgData } from '../data/org-data.ts';
import { UnknownTest } from '../metadata/deploy/tests.ts';
import { ApiError } from '../model/errors.ts';
import { Cursors, type QueryPage } from '../soql/cursors.ts';
import { AnonymousApex } from './anonymous.ts';
import { readAskedTests, type AskedTests } from './asked-tests.ts';
import { CoverageOfTests } from './coverage.ts';
import { COVERAGE, isToolingObject } from './objects.ts';
import type { ToolingRows } from './rows.ts';
import { TestRuns } from './test-runs.ts';

const PAGE_SIZE = 2000;

interface Parts {
  readonly org: OrgData;
  readonly access: AccessControl;
  readonly rows: ToolingRows;
  readonly apex: ApexRuns;
  readonly heard: (runId: string) => void;
  readonly report: (line: string) => void;
}

/** Coverage is an object in answers, and the next page is one of this API. */
const shown = ({ records, nextRecordsUrl, ...page }: QueryPage): object => ({
  size: records.length,
  ...page,
  ...(nextRecordsUrl === undefined
    ? {}
    : { nextRecordsUrl: nextRecordsUrl.replace('/query/', '/tooling/query/') }),
  records: records.map((one) => {
    const text = one[COVERAGE];
    return typeof text === 'string' ? { ...one, [COVERAGE]: JSON.parse(text) as unknown } : one;
  }),
});

/** The Tooling API as far as it runs tests and tells what came of them. */
export class Tooling {
  readonly anonymous: AnonymousApex;
  private readonly access: AccessControl;
  private readonly rows: ToolingRows;
  private readonly coverage: CoverageOfTests;
  private readonly cursors = new Cursors();
  private readonly runs: TestRuns;

  constructor({ org, access, rows, apex, heard, report }: Parts) {
    this.access = access;
    this.rows = rows;
    this.coverage = new CoverageOfTests(org, rows.kept);
    this.anonymous = new AnonymousApex(access, apex);
    this.runs = new TestRuns({
      org,
      access,
      rows,
      heard,
      report,
      coverage: this.coverage,
    });
  }

  /** Answers a call below `/tooling`; undefined where another part of the org may know it. */
  answer(call: Call): Promise<Answer> | Answer | undefined {
    const [, resource = '', rest = ''] = /^\/tooling\/(\w+)\/?(.*)$/.exec(call.path) ?? [];
    if (resource === 'query' && call.method === 'GET') return this.query(call, rest);
    if (resource === 'executeAnonymous' && call.method === 'GET') return this.execute(call);
    const isRun = call.method === 'POST' && rest === '';
    if (isRun && resource === 'runTestsSynchronous') {
      return this.run(call, (asked) => ok(this.runs.synchronous(asked, call.session.user)));
    }
    if (isRun && resource === 'runTestsAsynchronous') {
      return this.run(call, (asked) => {
        const id = this.runs.asynchronous(asked, call.session.user);
        if (id === undefined) throw nothingToRun();
        return json(id);
      });
    }
    return undefined;
  }

  close(): void {
    this.runs.close();
    this.rows.close();
  }

  private query(call: Call, locator: string): Answer {
    this.require(call, 'ViewSetup');
    if (locator !== '') return ok(shown(this.cursors.next(locator, call.version)));
    const soql = call.query.get('q') ?? '';
    const name = /\bFROM\s+(\w+)/i.exec(soql)?.[1] ?? '';
    if (!isToolingObject(name)) return notEmulated(call.method, `${call.path} of ${name}`);
    this.rows.refresh(this.coverage);
    return ok(
      shown(
        this.cursors.start({
          org: this.rows.data,
          soql,
          withDeleted: false,
          pageSize: PAGE_SIZE,
          version: call.version,
        }),
      ),
    );
  }

  private async execute(call: Call): Promise<Answer> {
    this.require(call, 'AuthorApex');
    const code = call.query.get('anonymousBody') ?? '';
    try {
      return ok((await this.anonymous.run(code, call.session.user)).result);
    } catch (error) {
      if (error instanceof NotEmulated) return refusal(501, 'NOT_EMULATED', error.message);
      throw error;
    }
  }

  private run(call: Call, work: (asked: AskedTests) => Answer): Answer {
    this.require(call, 'AuthorApex');
    try {
      const nameOf = (id: string): string => this.rows.className(id) ?? id;
      return work(readAskedTests(call.body, nameOf));
    } catch (error) {
      if (error instanceof UnknownTest) return refusal(400, 'INVALID_INPUT', error.message);
      throw error;
    }
  }

  /** Why the user may not run anonymous code; undefined when it may. */
  anonymousRefusal(user: OrgUser): ApiError | undefined {
    return this.refusalFor(user, 'AuthorApex');
  }

  private refusalFor(user: OrgUser, permission: string): ApiError | undefined {
    if (this.access.viewOf(user.id).access.has(permission)) return undefined;
    return new ApiError(
      403,
      'INSUFFICIENT_ACCESS',
      `You do not have the permission ${permission} that this call needs.`,
    );
  }

  private require({ session }: Call, permission: string): void {
    const refused = this.refusalFor(session.user, permission);
    if (refused) throw refused;
  }
}

const nothingToRun = (): ApiError =>
  new ApiError(
    400,
    'INVALID_INPUT',
    'Always provide a classes, suites, tests, or testLevel property.',
  );

/** Text alone is JSON too. */
const json = (text: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: JSON.stringify(text),
});
