import type { UserView } from '../../access/user-view.ts';
import {
  afterTransaction,
  inTransaction,
  LimitFault,
  transactionOf,
} from '../../flow/parts/limits.ts';
import type { Database } from '../../lib/database.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { exception, LimitFault as ApexLimitFault } from '../runtime/run/exception.ts';
import { codeThatRuns } from '../runtime/run/running.ts';
import { runIn, Transaction, type QueuedWork } from '../runtime/run/transaction.ts';
import { OrgHost, type Outside } from './org-host.ts';
import { programOf } from './programs.ts';
import { Savepoints } from './savepoints.ts';

interface CalledCodeParts {
  readonly org: WholeOrg;
  readonly viewOf: (userId: string) => UserView;
  readonly enqueueDeployment: (userId: string) => Outside['enqueueDeployment'];
  /** Runs work that code has queued, as the user, once its transaction has ended. */
  readonly later: (userId: string, work: QueuedWork) => void;
}

/**
 * Code that saves and flows call. It belongs to the code that saves, where some does; else all that one transaction of
 * the org calls is one transaction of Apex, with its statics and limits.
 */
export class CalledCode {
  private readonly parts: CalledCodeParts;
  private readonly open = new WeakMap<object, Transaction>();

  constructor(parts: CalledCodeParts) {
    this.parts = parts;
  }

  private get db(): Database {
    return this.parts.org.db;
  }

  /** @throws ApexException, NotEmulated, and LimitFault where the transaction has used too much */
  run<T>(userId: string, work: (transaction: Transaction) => T): T {
    const running = codeThatRuns();
    if (running instanceof Transaction) return nested(running, () => work(running));
    return inTransaction(this.db, () => {
      const transaction = this.transactionFor(userId);
      try {
        const result = runIn(transaction, () => nested(transaction, () => work(transaction)));
        for (const one of transaction.queued.splice(0)) {
          afterTransaction(this.db, () => {
            this.parts.later(userId, one);
          });
        }
        return result;
      } catch (error) {
        // What is undone has queued nothing.
        transaction.queued.splice(0);
        if (error instanceof ApexLimitFault)
          throw new LimitFault(`${error.typeName}: ${error.message}`);
        throw error;
      }
    });
  }

  private transactionFor(userId: string): Transaction {
    const key = transactionOf(this.db) ?? this;
    const found = this.open.get(key);
    if (found) return found;
    const { org, viewOf, enqueueDeployment } = this.parts;
    const host = new OrgHost(userId, {
      viewOf,
      savepoints: new Savepoints(this.db),
      debug: () => undefined,
      enqueueDeployment: enqueueDeployment(userId),
      callout: () => {
        throw exception('CalloutException', 'Callout from triggers are currently not supported.');
      },
    });
    const made = new Transaction(programOf(org), host);
    this.open.set(key, made);
    return made;
  }
}

const nested = <T>({ host }: Transaction, work: () => T): T =>
  host instanceof OrgHost ? host.nested(work) : work();
