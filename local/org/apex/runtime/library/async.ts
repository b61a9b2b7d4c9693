import { exception } from '../run/exception.ts';
import { ASYNCHRONOUS, Usage } from '../run/limits.ts';
import type { ApexObject } from '../run/linked.ts';
import { current, type Transaction } from '../run/transaction.ts';
import { platformClass, platformInterface, type PlatformClass } from '../types/platform.ts';
import { PlatformObject } from '../values/value.ts';
import { typeNameOf } from './conversions.ts';
import { deserializeUntyped, toJson, typed } from './json.ts';

class QueueableContextObject extends PlatformObject {
  readonly apexType = 'QueueableContext';
}

let jobs = 0;

/** An id for a job; jobs of this org are gone once they have run. */
const jobId = (): string => `707Lo0${String(++jobs).padStart(9, '0')}AAA`;

/** Runs what was queued, each as a transaction with limits of its own. */
export function runQueued(transaction: Transaction): void {
  const before = transaction.usage;
  const queuedAs = transaction.queuedAs;
  try {
    for (const one of transaction.queued.splice(0)) {
      transaction.usage = new Usage(ASYNCHRONOUS);
      transaction.hasUncommittedWork = false;
      transaction.queuedAs = one.kind;
      one.run();
    }
  } finally {
    transaction.queuedAs = queuedAs;
    transaction.usage = before;
  }
  // What they have queued themselves: scheduled code may, and so may one job of another outside of tests.
  if (transaction.queued.length > 0) runQueued(transaction);
}

function enqueue(job: ApexObject): string {
  const transaction = current();
  if (transaction.isTest && transaction.queuedAs === 'queueable') {
    throw exception('AsyncException', 'Maximum stack depth has been reached.');
  }
  transaction.usage.use('queueables');
  transaction.queued.push({
    kind: 'queueable',
    name: typeNameOf(job),
    run: () => job['m_execute$QueueableContext']?.(new QueueableContextObject()),
  });
  return jobId();
}

class SchedulableContextObject extends PlatformObject {
  readonly apexType = 'SchedulableContext';
  readonly triggerId: string;

  constructor(triggerId: string) {
    super();
    this.triggerId = triggerId;
  }
}

/** Runs a job that was scheduled. @param state JSON of its object */
export function runScheduledJob(className: string, state: string, triggerId: string): void {
  const job = typed(deserializeUntyped(state), className) as ApexObject;
  job['m_execute$SchedulableContext']?.(new SchedulableContextObject(triggerId));
}

/** In a test the job runs when the test stops, whatever its time. */
function schedule(name: string, cron: string, job: ApexObject): string {
  const { host, queued, isTest } = current();
  const [className, state] = [typeNameOf(job), toJson(job)];
  const id = host.schedule({ name, cron, className, state });
  if (isTest) {
    queued.push({
      kind: 'schedulable',
      name: className,
      run: () => {
        runScheduledJob(className, state, id);
      },
    });
  }
  return id;
}

export const asyncClasses: readonly PlatformClass[] = [
  platformInterface('Queueable', 'void execute(QueueableContext)'),
  platformInterface('Schedulable', 'void execute(SchedulableContext)'),
  platformInterface('Comparable', 'Integer compareTo(Object)'),
  platformInterface('Callable', 'Object call(String, Map<String,Object>)'),
  platformClass('SchedulableContext', {
    'Id getTriggerId()': ({ triggerId }: SchedulableContextObject) => triggerId,
  }),
  platformClass('QueueableContext', { 'Id getJobId()': jobId }),
  platformClass('System', {
    'static Id enqueueJob(Queueable)': enqueue,
    'static String schedule(String, String, Schedulable)': schedule,
    'static void abortJob(Id)': (id: string) => {
      current().host.abortJob(id);
    },
  }),
];
