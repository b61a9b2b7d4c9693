import type { Database } from '../lib/database.ts';
import type { Component } from '../model/deploy-target.ts';

const nameOf = ({ type, fullName }: Component): string => `${type}:${fullName}`;

/** The components that are deployed, kept in the database and in memory. */
export class ComponentStore {
  private readonly db: Database;
  private deployed = new Map<string, Component>();

  /** Makes the table where it is not there, and reads what is in it. */
  constructor(db: Database) {
    this.db = db;
    db.define(
      'CREATE TABLE IF NOT EXISTS "-component" (name TEXT PRIMARY KEY, body TEXT NOT NULL)',
    );
    for (const { body } of db.all('SELECT body FROM "-component"')) {
      const component = JSON.parse(String(body)) as Component;
      this.deployed.set(nameOf(component), component);
    }
  }

  all(): readonly Component[] {
    return [...this.deployed.values()];
  }

  put(components: readonly Component[]): void {
    for (const component of components) {
      const name = nameOf(component);
      this.deployed.set(name, component);
      this.db.run(
        'INSERT OR REPLACE INTO "-component" (name, body) VALUES (?, ?)',
        name,
        JSON.stringify(component),
      );
    }
  }

  remove(components: readonly Component[]): void {
    for (const component of components) {
      const name = nameOf(component);
      this.deployed.delete(name);
      this.db.run('DELETE FROM "-component" WHERE name = ?', name);
    }
  }

  /** What is deployed now, for `restore` beside a rollback of the database. */
  snapshot(): ReadonlyMap<string, Component> {
    return new Map(this.deployed);
  }

  restore(snapshot: ReadonlyMap<string, Component>): void {
    this.deployed = new Map(snapshot);
  }
}
