import { quoted } from '../lib/database.ts';
import type { OrgView } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';

/** What a query may ask of an owner who may be a user or a queue, as of the object Name of a real org. */
const OF_BOTH = new Set(['Id', 'Name', 'Email']);
const OF_USERS = new Set(['Alias', 'FirstName', 'LastName', 'IsActive', 'Username']);

export function ownerObject(org: OrgView): ObjectDefinition {
  const user = org.object('User');
  if (!user) throw new Error('The org has no users; they are made with the org.');
  const known = user.fields.filter(({ name }) => OF_BOTH.has(name) || OF_USERS.has(name));
  return { ...user, name: 'Name', label: 'Name', fields: known };
}

/** Users and queues as one table. */
export function ownersSql({ fields }: ObjectDefinition): string {
  const names = fields.map(({ name }) => name);
  const users = names.map(quoted).join(', ');
  const queues = names.map((name) => (OF_BOTH.has(name) ? quoted(name) : 'NULL')).join(', ');
  return `(SELECT ${users} FROM User UNION ALL SELECT ${queues} FROM ${quoted('Group')})`;
}
