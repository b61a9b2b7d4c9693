import type { ApexClass } from '@salesforce/types/metadata';
import { createOrgData, type OrgData } from '../data/org-data.ts';
import { quoted, type SqlValue } from '../lib/database.ts';
import { makeId } from '../model/ids.ts';
import type { CoverageOfTests } from './coverage.ts';
import { Kept } from './kept.ts';
import { toolingObjects } from './objects.ts';

export type Values = Readonly<Record<string, string | number | boolean | null>>;

/** Objects whose rows are there after a stop of the org. */
const KEPT = ['ApexTestRunResult', 'ApexTestQueueItem', 'ApexTestResult'] as const;

const isKept = (name: string): name is (typeof KEPT)[number] =>
  (KEPT as readonly string[]).includes(name);

/** Days that results of tests are kept. */
const DAYS_KEPT = 30;

/** Rows of a run that a stop of the org has ended. */
const isOpen = ({ Status }: Values): boolean =>
  ['Holding', 'Queued', 'Preparing', 'Processing'].includes(String(Status));

const column = (value: Values[string]): SqlValue =>
  typeof value === 'boolean' ? Number(value) : value;

/**
 * Rows of the Tooling API's objects: an org of its own, in memory, so that what is rolled back in the org stays here.
 * Results of tests are kept in the org's database, too, for 30 days.
 */
export class ToolingRows {
  /** What queries are asked of. */
  readonly data: OrgData;
  private readonly org: OrgData;
  readonly kept: Kept;
  private readonly classes: Map<string, string>;

  constructor(org: OrgData) {
    this.org = org;
    this.data = createOrgData({ objects: toolingObjects, now: () => org.time() });
    this.kept = new Kept(org.db);
    this.classes = new Map(this.kept.all('class') as readonly (readonly [string, string])[]);
    this.load();
  }

  /** Takes up what was kept, but for runs that are old, with their rows. */
  private load(): void {
    const until = new Date(this.org.time().getTime() - DAYS_KEPT * 86_400_000).toISOString();
    const old = new Set<unknown>();
    for (const name of KEPT) {
      for (const [id, row] of this.kept.all(name) as readonly (readonly [string, Values])[]) {
        const isRun = name === 'ApexTestRunResult';
        if (isRun && String(row['EndTime'] ?? row['StartTime']) < until) old.add(id);
        const run = isRun ? id : (row['TestRunResultId'] ?? row['ApexTestRunResultId']);
        if (old.has(run)) this.kept.remove(name, id);
        else this.add(name, isOpen(row) ? { ...row, Status: 'Aborted' } : row);
      }
    }
  }

  /** Keeps which class has which id, as kept rows name them. */
  keepClasses(): void {
    for (const [name, id] of this.classes) this.kept.put('class', name, id);
  }

  /** The id of a class. */
  classId(name: string): string {
    const id = this.classes.get(name) ?? makeId('01p', this.classes.size + 1);
    this.classes.set(name, id);
    return id;
  }

  /** The class with this id of 15 or 18 characters. */
  className(id: string): string | undefined {
    return [...this.classes].find(([, known]) => known.startsWith(id.slice(0, 15)))?.[0];
  }

  /** @returns the id of the row */
  add(name: string, values: Values): string {
    const object = this.data.object(name);
    if (!object) throw new Error(`the Tooling API has no ${name} here`);
    const id = typeof values['Id'] === 'string' ? values['Id'] : this.data.nextId(object);
    const columns = Object.entries(values).map(([key, value]) => [key, column(value)] as const);
    this.data.insert(object, new Map([['Id', id], ...columns]));
    if (isKept(name)) this.kept.put(name, id, { ...values, Id: id });
    return id;
  }

  change(name: string, id: string, values: Values): void {
    const object = this.data.object(name);
    if (!object) throw new Error(`the Tooling API has no ${name} here`);
    const columns = Object.entries(values).map(([key, value]) => [key, column(value)] as const);
    this.data.update(object, id, new Map(columns));
    if (isKept(name)) this.kept.put(name, id, this.data.row(object, id));
  }

  /** How many rows there are with these values. */
  all(name: string, values: Readonly<Record<string, string>>): number {
    const where = Object.keys(values).map((key) => `${quoted(key)} = ?`);
    const sql = `SELECT count(*) AS n FROM ${quoted(name)} WHERE ${where.join(' AND ')}`;
    return Number(this.data.db.get(sql, ...Object.values(values))?.['n']);
  }

  /** The highest value of a column; undefined where there is no row. */
  highest(name: string, of: string): string | undefined {
    const sql = `SELECT max(${quoted(of)}) AS highest FROM ${quoted(name)}`;
    const found = this.data.db.get(sql)?.['highest'];
    return typeof found === 'string' ? found : undefined;
  }

  /** Makes the rows that tell of what is deployed anew. */
  refresh(coverage: CoverageOfTests): void {
    const components = this.org.components();
    const flows = components.filter(({ type }) => type === 'Flow');
    const definitions = flows.map(({ fullName }, at) => ({
      Id: makeId('300', at + 1),
      DeveloperName: fullName,
    }));
    const classes = components.filter(({ type }) => type === 'ApexClass');
    const idOf = (name: string): string => this.classId(name);
    this.data.db.transaction(() => {
      this.replace('FlowDefinition', definitions);
      this.replace(
        'Flow',
        // This org keeps one version of a flow.
        definitions.map(({ Id }) => ({ DefinitionId: Id, VersionNumber: 1 })),
      );
      this.replace(
        'ApexClass',
        classes.map(({ fullName, body }) => this.classRow(fullName, body as ApexClass)),
      );
      for (const [name, rows] of Object.entries(coverage.rows(idOf))) this.replace(name, rows);
    });
  }

  private classRow(name: string, { content = '', apiVersion, status }: ApexClass): Values {
    return {
      Id: this.classId(name),
      Name: name,
      ApiVersion: apiVersion,
      Status: status,
      IsValid: true,
      LengthWithoutComments: content.length,
      Body: content,
    };
  }

  private replace(name: string, rows: readonly Values[]): void {
    this.data.db.run(`DELETE FROM ${quoted(name)}`);
    for (const row of rows) this.add(name, row);
  }

  close(): void {
    this.data.close();
  }
}
