import type { ApexClass } from '@salesforce/types/metadata';
import { createOrgData, type OrgData } from '../data/org-data.ts';
import { quoted, type SqlValue } from '../lib/database.ts';
import { makeId } from '../model/ids.ts';
import type { CoverageOfTests } from './coverage.ts';
import { toolingObjects } from './objects.ts';

type Values = Readonly<Record<string, string | number | boolean | null>>;

const column = (value: Values[string]): SqlValue =>
  typeof value === 'boolean' ? Number(value) : value;

/**
 * Rows of the Tooling API's objects, since the org began: an org of its own, in memory, so that what is rolled back in
 * the org stays here.
 */
export class ToolingRows {
  /** What queries are asked of. */
  readonly data: OrgData;
  private readonly org: OrgData;
  private readonly classes = new Map<string, string>();

  constructor(org: OrgData) {
    this.org = org;
    this.data = createOrgData({ objects: toolingObjects, now: () => org.time() });
  }

  /** The id of a class, the same as long as the org runs. */
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
    return id;
  }

  change(name: string, id: string, values: Values): void {
    const object = this.data.object(name);
    if (!object) throw new Error(`the Tooling API has no ${name} here`);
    const columns = Object.entries(values).map(([key, value]) => [key, column(value)] as const);
    this.data.update(object, id, new Map(columns));
  }

  /** How many rows there are with these values. */
  all(name: string, values: Readonly<Record<string, string>>): number {
    const where = Object.keys(values).map((key) => `${quoted(key)} = ?`);
    const sql = `SELECT count(*) AS n FROM ${quoted(name)} WHERE ${where.join(' AND ')}`;
    return Number(this.data.db.get(sql, ...Object.values(values))?.['n']);
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
      ...{ Id: this.classId(name), Name: name, ApiVersion: apiVersion, Status: status },
      ...{ IsValid: true, LengthWithoutComments: content.length, Body: content },
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
