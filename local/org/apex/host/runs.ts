import type { AccessControl } from '../../access/access-control.ts';
import type { UserView } from '../../access/user-view.ts';
import type { OrgUser } from '../../api/sessions.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { inTransaction } from '../../flow/parts/limits.ts';
import { CalloutException, type Callout, type CalloutReply } from '../callouts.ts';
import { DeployRefusal, type MetadataOperations } from '../metadata-operations.ts';
import { runScheduledJob } from '../runtime/library/async.ts';
import { exception } from '../runtime/run/exception.ts';
import type { DeployOutcome, Host, HttpAnswered, HttpAsked } from '../runtime/run/host.ts';
import { ASYNCHRONOUS, SYNCHRONOUS, type LimitValues } from '../runtime/run/limits.ts';
import type { LinkedProgram } from '../runtime/run/linked.ts';
import { runningCode } from '../runtime/run/running.ts';
import {
  runIn,
  Transaction,
  type QueuedKind,
  type QueuedWork,
} from '../runtime/run/transaction.ts';
import { CalledCode } from './called-code.ts';
import { OrgHost, type Outside } from './org-host.ts';
import { programOf } from './programs.ts';
import { Savepoints } from './savepoints.ts';
import { scheduleOf } from './schedule.ts';

/** What code of an org reaches. */
export interface ApexParts {
  readonly access: AccessControl;
  /** Sends a callout with the rights of a user. @throws CalloutException */
  readonly send: (callout: Callout, view: UserView) => Promise<CalloutReply>;
  readonly operations: Pick<MetadataOperations, 'enqueueDeployment'>;
  /** Is told, in a line, what no caller hears of. */
  readonly report: (line: string) => void;
}

/** Stops the code at a callout that has no answer yet. */
class AnswerAwaited extends Error {
  readonly asked: HttpAsked;

  constructor(asked: HttpAsked) {
    super('a callout has no answer yet');
    this.name = 'AnswerAwaited';
    this.asked = asked;
    runningCode().isAbandoned = true;
  }
}

type Answer = HttpAnswered | CalloutException;

/** How code runs, where it is otherwise than what is deployed does. */
export interface RunOptions {
  readonly limits?: LimitValues;
  /** What is deployed when left out. */
  readonly program?: LinkedProgram;
  /** What has queued it. */
  readonly queuedAs?: QueuedKind;
  /** Hears what the code says, once for each attempt: what was said before an answer came is said again. */
  readonly attempt?: () => Host['debug'];
}

function readUser({ db }: WholeOrg, id: string): OrgUser {
  const row = db.get('SELECT Username, Name, Email FROM User WHERE Id = ?', id);
  const text = (name: string): string => String(row?.[name] ?? '');
  return { id, username: text('Username'), name: text('Name'), email: text('Email') };
}

/** Runs the Apex of an org. */
export class ApexRuns {
  private readonly parts: ApexParts;

  constructor(parts: ApexParts) {
    this.parts = parts;
  }

  /**
   * Runs code as one transaction of a user. Apex calls out before it writes, so that code which has to wait for an answer
   * is undone, and runs again with the answers so far.
   * @throws ApexException, LimitFault, NotEmulated
   */
  async run<Result>(
    user: OrgUser,
    work: (program: LinkedProgram, transaction: Transaction) => Result,
    options: RunOptions = {},
  ): Promise<Result> {
    const answers: Answer[] = [];
    const { whole } = this.parts.access.viewOf(user.id);
    const startedAt = whole.time().getTime();
    // Code ends as it began, whatever is deployed while it waits.
    const program = options.program ?? programOf(whole);
    for (;;) {
      const outcome = this.attempt(user, work, { ...options, answers, startedAt, program });
      if ('result' in outcome) return outcome.result;
      answers.push(await this.answerTo(outcome.awaited, user));
    }
  }

  /** Runs the code that saves and flows of an org call. */
  called(org: WholeOrg): CalledCode {
    const { access } = this.parts;
    const userOf = (userId: string): OrgUser => readUser(org, userId);
    return new CalledCode({
      org,
      viewOf: (userId) => access.viewOf(userId),
      enqueueDeployment: (userId) => this.deploymentOf(userOf(userId)),
      later: (userId, work) => {
        this.later(userOf(userId), work);
      },
    });
  }

  /** Runs the jobs of an org whose time has come, each as who has scheduled it. */
  runScheduled(org: WholeOrg): void {
    for (const { className, state, id, name, userId } of scheduleOf(org).take()) {
      const run = () => {
        runScheduledJob(className, state, id);
      };
      this.later(readUser(org, userId), { kind: 'schedulable', name, run }, undefined, SYNCHRONOUS);
    }
  }

  private attempt<Result>(
    user: OrgUser,
    work: (program: LinkedProgram, transaction: Transaction) => Result,
    {
      answers,
      startedAt,
      limits,
      program,
      attempt,
      queuedAs,
    }: { answers: readonly Answer[]; startedAt: number; program: LinkedProgram } & RunOptions,
  ): { readonly result: Result } | { readonly awaited: HttpAsked } {
    const { access } = this.parts;
    const { db } = access.viewOf(user.id);
    const savepoints = new Savepoints(db);
    const host = new OrgHost(user.id, {
      ...this.outside(user, answers, savepoints),
      ...(attempt ? { debug: attempt() } : {}),
    });
    const transaction = new Transaction(program, host, {
      startedAt,
      ...(queuedAs === undefined ? {} : { queuedAs }),
      ...(limits === undefined ? {} : { limits }),
    });
    const outcome = db.transaction(() => {
      try {
        const result = inTransaction(db, () =>
          runIn(transaction, () => work(program, transaction)),
        );
        savepoints.keep();
        return { result };
      } catch (error) {
        savepoints.drop();
        // Nothing was written before a callout, so that there is nothing to undo.
        if (error instanceof AnswerAwaited) return { awaited: error.asked };
        throw error;
      }
    });
    if ('awaited' in outcome) return outcome;
    for (const one of transaction.queued) this.later(user, one, program);
    return outcome;
  }

  private outside(user: OrgUser, answers: readonly Answer[], savepoints: Savepoints): Outside {
    const { access } = this.parts;
    return {
      viewOf: (userId) => access.viewOf(userId),
      savepoints,
      debug: () => undefined,
      callout: (asked, at) => {
        const answer = answers[at];
        if (answer === undefined) throw new AnswerAwaited(asked);
        if (answer instanceof CalloutException) throw exception('CalloutException', answer.message);
        return answer;
      },
      enqueueDeployment: this.deploymentOf(user),
    };
  }

  private deploymentOf(user: OrgUser): Outside['enqueueDeployment'] {
    const { operations } = this.parts;
    return (records, heard) => {
      try {
        return operations.enqueueDeployment(records, user, (result) => {
          const outcome: DeployOutcome = {
            success: result.success,
            message: result.errorMessage ?? null,
            failures: result.details.componentFailures.map(({ fullName, problem }) => ({
              fullName,
              problem: problem ?? '',
            })),
          };
          this.later(user, {
            kind: 'queueable',
            name: 'Metadata.DeployCallback',
            run: () => {
              heard(outcome);
            },
          });
        });
      } catch (error) {
        if (error instanceof DeployRefusal) throw exception('AsyncException', error.message);
        throw error;
      }
    };
  }

  private async answerTo(asked: HttpAsked, user: OrgUser): Promise<Answer> {
    const { access, send } = this.parts;
    const { timeoutMs, ...callout } = asked;
    const started = performance.now();
    try {
      const sent = { ...callout, timeoutSeconds: timeoutMs / 1000 };
      const reply = await send(sent, access.viewOf(user.id));
      return { ...reply, milliseconds: Math.round(performance.now() - started) };
    } catch (error) {
      if (error instanceof CalloutException) return error;
      throw error;
    }
  }

  /** Runs code after the transaction that asked for it, as one of its own that nobody waits for. */
  private later(
    user: OrgUser,
    { kind, name, run }: QueuedWork,
    program?: LinkedProgram,
    limits: LimitValues = ASYNCHRONOUS,
  ): void {
    this.run(user, run, { limits, queuedAs: kind, ...(program ? { program } : {}) }).catch(
      (error: unknown) => {
        this.parts.report(
          `${name} failed: ${error instanceof Error ? error.message : String(error)}`,
        );
      },
    );
  }
}
