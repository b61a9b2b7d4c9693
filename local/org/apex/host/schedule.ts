import type { WholeOrg } from '../../model/org-view.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import type { SqlValue } from '../../lib/database.ts';
import { toId18 } from '../../model/ids.ts';
import { exception } from '../runtime/run/exception.ts';
import type { ScheduledJob } from '../runtime/run/host.ts';
import { CronProblem, nextTime, readCron } from './cron.ts';

/** Jobs that wait at most. */
const MOST_JOBS = 100;

/** A job whose time has come. */
interface DueJob extends Pick<ScheduledJob, 'className' | 'state'> {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
}

const isoOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}.000+0000`;

/** The Apex that waits for the org's clock: rows of CronTrigger, and beside them what runs. */
class Schedule {
  private readonly org: WholeOrg;

  constructor(org: WholeOrg) {
    this.org = org;
    org.db.run(
      'CREATE TABLE IF NOT EXISTS "-apex-jobs" (id TEXT PRIMARY KEY, class TEXT NOT NULL, state TEXT NOT NULL, user TEXT NOT NULL, due_at INTEGER)',
    );
  }

  private object(name: string): ObjectDefinition {
    const found = this.org.object(name);
    if (!found) throw new Error(`the org has no ${name}`);
    return found;
  }

  private add(name: string, userId: string, values: Readonly<Record<string, SqlValue>>): string {
    const { org } = this;
    const object = this.object(name);
    const id = org.nextId(object);
    const [now, by] = [org.now(), userId];
    const audit = { CreatedDate: now, CreatedById: by, LastModifiedDate: now };
    const row = { ...audit, LastModifiedById: by, SystemModstamp: now, ...values, Id: id };
    org.insert(object, new Map(Object.entries(row)));
    return id;
  }

  /** @returns the id of its CronTrigger. @throws ApexException for what is no time to come, or one job too many */
  schedule({ name, cron, className, state }: ScheduledJob, userId: string): string {
    const { db } = this.org;
    const next = this.firstTime(name, cron);
    const same = db.get(
      'SELECT t.Id FROM CronTrigger t JOIN CronJobDetail d ON d.Id = t.CronJobDetailId JOIN "-apex-jobs" j ON j.id = t.Id WHERE d.Name = ?',
      name,
    );
    if (same) {
      throw exception(
        'AsyncException',
        `The Apex job named "${name}" is already scheduled for execution.`,
      );
    }
    if (Number(db.get('SELECT count(*) AS n FROM "-apex-jobs"')?.['n']) >= MOST_JOBS) {
      throw exception(
        'AsyncException',
        `You have exceeded the maximum number (${MOST_JOBS}) of Apex scheduled jobs.`,
      );
    }
    const detail = this.add('CronJobDetail', userId, { Name: name, JobType: '7' });
    const id = this.add('CronTrigger', userId, {
      CronJobDetailId: detail,
      CronExpression: cron,
      TimeZoneSidKey: 'GMT',
      State: 'WAITING',
      TimesTriggered: 0,
      StartTime: this.org.now(),
      OwnerId: userId,
      NextFireTime: isoOf(next),
    });
    db.run(
      'INSERT INTO "-apex-jobs" (id, class, state, user, due_at) VALUES (?, ?, ?, ?, ?)',
      id,
      className,
      state,
      userId,
      next,
    );
    return id;
  }

  private firstTime(name: string, cron: string): number {
    try {
      const next = nextTime(readCron(cron), this.org.time().getTime());
      if (next !== undefined) return next;
    } catch (error) {
      if (error instanceof CronProblem) throw exception('StringException', error.message);
      throw error;
    }
    throw exception(
      'StringException',
      `Based on configured schedule, the given trigger '${name}' will never fire.`,
    );
  }

  /** @throws ApexException where no such job waits */
  abort(given: string): void {
    const { db } = this.org;
    const id = toId18(given) ?? given;
    const row = db.get('SELECT CronJobDetailId FROM CronTrigger WHERE Id = ?', id);
    if (!row) throw exception('StringException', `Invalid id: ${given}`);
    db.run('DELETE FROM "-apex-jobs" WHERE id = ?', id);
    db.run('DELETE FROM CronTrigger WHERE Id = ?', id);
    db.run('DELETE FROM CronJobDetail WHERE Id = ?', String(row['CronJobDetailId']));
  }

  /** Takes the jobs whose time has come, and says when they run next. */
  take(): readonly DueJob[] {
    const { db } = this.org;
    const now = this.org.time().getTime();
    const rows = db.all(
      `SELECT j.*, t.CronExpression AS cron, d.Name AS name FROM "-apex-jobs" j
         JOIN CronTrigger t ON t.Id = j.id JOIN CronJobDetail d ON d.Id = t.CronJobDetailId
        WHERE j.due_at <= ? ORDER BY j.due_at, j.id`,
      now,
    );
    for (const row of rows) {
      const next = nextTime(readCron(String(row['cron'])), now);
      this.org.update(
        this.object('CronTrigger'),
        String(row['id']),
        new Map<string, SqlValue>([
          ['PreviousFireTime', isoOf(now)],
          ['NextFireTime', next === undefined ? null : isoOf(next)],
          ['State', next === undefined ? 'DELETED' : 'WAITING'],
          ['TimesTriggered', this.timesOf(String(row['id'])) + 1],
        ]),
      );
      if (next === undefined) db.run('DELETE FROM "-apex-jobs" WHERE id = ?', String(row['id']));
      else db.run('UPDATE "-apex-jobs" SET due_at = ? WHERE id = ?', next, String(row['id']));
    }
    return rows.map((row) => ({
      id: String(row['id']),
      name: String(row['name']),
      userId: String(row['user']),
      className: String(row['class']),
      state: String(row['state']),
    }));
  }

  private timesOf(id: string): number {
    const row = this.org.db.get('SELECT TimesTriggered AS n FROM CronTrigger WHERE Id = ?', id);
    return Number(row?.['n'] ?? 0);
  }
}

const keptBy = new WeakMap<WholeOrg, Schedule>();

export function scheduleOf(org: WholeOrg): Schedule {
  const found = keptBy.get(org) ?? new Schedule(org);
  keptBy.set(org, found);
  return found;
}
