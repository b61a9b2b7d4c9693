import type { OrgUser } from '../api/sessions.ts';
import type { DebugLine } from '../apex/runtime/run/host.ts';
import type { Transaction } from '../apex/runtime/run/transaction.ts';

/** Levels that the log of `DEBUGONLY` shows. */
const SHOWN = new Set(['ERROR', 'WARN', 'INFO', 'DEBUG']);

/** Characters of a log, beyond which Salesforce cuts it. */
const MOST = 20_000_000;

/** The debug log of one transaction, with what `System.debug` says and what it has used. */
export class DebugLog {
  private readonly code: string;
  private readonly user: OrgUser;
  private readonly at: Date;
  private readonly started = performance.now();
  private lines: string[] = [];
  private size = 0;

  constructor(code: string, user: OrgUser, at: Date) {
    this.code = code;
    this.user = user;
    this.at = at;
  }

  /** Begins anew. */
  start(): (line: DebugLine) => void {
    this.lines = [];
    this.size = 0;
    return ({ text, level, line }) => {
      if (SHOWN.has(level)) this.add(`USER_DEBUG|[${line}]|${level}|${text}`);
    };
  }

  fail(said: string, trace: string): void {
    this.add(`FATAL_ERROR|${said}\n\n${trace}`);
  }

  private add(event: string): void {
    this.size += event.length;
    if (this.size > MOST) return;
    this.lines.push(this.stamped(event));
  }

  /** `13:05:25.0 (1234567)|` and the event: the org's time, and nanoseconds since the start. */
  private stamped(event: string): string {
    const passed = performance.now() - this.started;
    const now = new Date(this.at.getTime() + passed).toISOString();
    return `${now.slice(11, 19)}.${Number(now.slice(20, 23))} (${Math.round(passed * 1e6)})|${event}`;
  }

  text(transaction: Transaction | undefined): string {
    const { id, username } = this.user;
    const cut = this.size > MOST ? ['*********** MAXIMUM DEBUG LOG SIZE REACHED ***********'] : [];
    return [
      '66.0 APEX_CODE,DEBUG;APEX_PROFILING,INFO',
      ...this.code.split('\n').map((line) => `Execute Anonymous: ${line}`),
      this.stamped(`USER_INFO|[EXTERNAL]|${id}|${username}|(GMT+00:00) GMT|GMTZ`),
      this.stamped('EXECUTION_STARTED'),
      this.stamped('CODE_UNIT_STARTED|[EXTERNAL]|execute_anonymous_apex'),
      ...this.lines,
      ...cut,
      ...(transaction ? this.limits(transaction) : []),
      this.stamped('CODE_UNIT_FINISHED|execute_anonymous_apex'),
      this.stamped('EXECUTION_FINISHED'),
      '',
    ].join('\n');
  }

  private limits({ usage }: Transaction): readonly string[] {
    const { used, most } = usage;
    return [
      this.stamped('CUMULATIVE_LIMIT_USAGE'),
      this.stamped('LIMIT_USAGE_FOR_NS|(default)|'),
      `  Number of SOQL queries: ${used.queries} out of ${most.queries}`,
      `  Number of query rows: ${used.queryRows} out of ${most.queryRows}`,
      `  Number of DML statements: ${used.statements} out of ${most.statements}`,
      `  Number of DML rows: ${used.statementRows} out of ${most.statementRows}`,
      `  Maximum CPU time: ${usage.cpuMs} out of ${most.cpu}`,
      `  Maximum heap size: ${used.heap} out of ${most.heap}`,
      `  Number of callouts: ${used.callouts} out of ${most.callouts}`,
      `  Number of future calls: ${used.futureCalls} out of ${most.futureCalls}`,
      `  Number of queueable jobs added to the queue: ${used.queueables} out of ${most.queueables}`,
      '',
      this.stamped('CUMULATIVE_LIMIT_USAGE_END'),
    ];
  }
}
