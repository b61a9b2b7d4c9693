import type { AccessControl } from '../access/access-control.ts';
import type { OrgUser } from '../api/sessions.ts';
import { anonymousProgram } from '../apex/host/programs.ts';
import type { ApexRuns } from '../apex/host/runs.ts';
import { ANONYMOUS } from '../apex/runtime/parse/declarations.ts';
import { ApexException, LimitFault } from '../apex/runtime/run/exception.ts';
import type { LinkedProgram } from '../apex/runtime/run/linked.ts';
import type { Transaction } from '../apex/runtime/run/transaction.ts';
import { methodCode } from '../apex/runtime/symbols/symbols.ts';
import { DebugLog } from './debug-log.ts';

/** What came of anonymous code, as the APIs tell it; -1 where there is no line. */
export interface ExecuteAnonymousResult {
  readonly line: number;
  readonly column: number;
  readonly compiled: boolean;
  readonly success: boolean;
  readonly compileProblem: string | null;
  readonly exceptionMessage: string | null;
  readonly exceptionStackTrace: string | null;
}

const well: ExecuteAnonymousResult = {
  line: -1,
  column: -1,
  compiled: true,
  success: true,
  compileProblem: null,
  exceptionMessage: null,
  exceptionStackTrace: null,
};

/** Runs code that is not deployed, as a transaction of the user who sends it. */
export class AnonymousApex {
  private readonly access: AccessControl;
  private readonly runs: ApexRuns;

  constructor(access: AccessControl, runs: ApexRuns) {
    this.access = access;
    this.runs = runs;
  }

  /** @throws NotEmulated */
  async run(
    code: string,
    user: OrgUser,
  ): Promise<{ readonly result: ExecuteAnonymousResult; readonly log: string }> {
    const { whole } = this.access.viewOf(user.id);
    const log = new DebugLog(code, user, whole.time());
    const found = anonymousProgram(whole, code);
    if ('problem' in found) {
      const { line, column, message } = found.problem;
      const problem = { line, column, compiled: false, success: false, compileProblem: message };
      return { result: { ...well, ...problem }, log: '' };
    }
    let transaction: Transaction | undefined;
    try {
      await this.runs.run(
        user,
        (program, running) => {
          transaction = running;
          runBlock(program);
        },
        { program: found.linked, attempt: () => log.start() },
      );
      return { result: well, log: log.text(transaction) };
    } catch (error) {
      if (!(error instanceof ApexException) && !(error instanceof LimitFault)) throw error;
      const said = `${error.typeName}: ${error.message}`;
      log.fail(said, error.trace);
      const result = {
        ...well,
        success: false,
        line: lineIn(error.trace),
        column: 1,
        exceptionMessage: said,
        exceptionStackTrace: error.trace,
      };
      return { result, log: log.text(transaction) };
    }
  }
}

/** The line of the block at which the code was, whatever it had called. */
const lineIn = (trace: string): number =>
  Number(/^AnonymousBlock: line (\d+)/m.exec(trace)?.[1] ?? -1);

function runBlock({ classes }: LinkedProgram): void {
  const block = classes.find(({ outline }) => outline.name === ANONYMOUS.className)?.create();
  if (!block) throw new Error('the anonymous code is gone');
  block['c_$']?.();
  block[methodCode(ANONYMOUS.method, [])]?.();
}
