import { userOfCustomer } from '../content/customer-users.ts';
import type { UserRecord } from '../content/records.ts';
import type { Entry } from '../core/collection.ts';
import type { Role } from '../rest/request/auth.ts';
import type { Shop } from './shop.ts';

/** Every user of the site by id: who works here, and the shop's customers. */
export function allUsers({ site, customers }: Shop): Entry<UserRecord>[] {
  const buyers = customers.all().filter(({ id }) => site.users.get(id) === undefined);
  const users = buyers.map((entry) => ({ ...entry, read: () => userOfCustomer(entry.read()) }));
  return [...site.users.all(), ...users].sort((a, b) => a.id - b.id);
}

export function userById({ site, customers }: Shop, id: number): UserRecord | undefined {
  const user = site.users.get(id)?.read();
  const buyer = customers.get(id)?.read();
  return user ?? (buyer && userOfCustomer(buyer));
}

/** Who signs in with a name or an address; only who works here has a password. */
export function signedIn(
  { site }: Shop,
  name: string,
): { id: number; username: string; role: Role } | undefined {
  const user = site.users
    .all()
    .map((entry) => entry.read())
    .find(({ username, email }) => username === name || email === name);
  const [role] = user?.roles ?? [];
  return user === undefined || role === undefined
    ? undefined
    : { id: user.id, username: user.username, role: role as Role };
}
