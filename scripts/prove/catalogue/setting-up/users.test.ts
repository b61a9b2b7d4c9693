import { afterAll, beforeAll, expect, it } from 'vitest';

import { createOrg } from '../../../../local/org/org.ts';
import { AdminSession, type RequestOptions } from '../../../lib/install/admin-session.ts';
import { isProbed } from '../../model/assumption.ts';
import type { Probing } from '../../model/probing.ts';
import { CallBudget } from '../../sides/call-budget.ts';
import { OrgSide } from '../../sides/org-side.ts';
import { USERS } from './users.ts';

const org = createOrg();
let url: string;

beforeAll(async () => {
  url = await org.listen(0);
});

afterAll(() => org.close());

/** Stands before an org that lets several users have the same name. */
class Lenient extends AdminSession {
  override request(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ) {
    const other = JSON.stringify(body ?? null).replace(/"Username":"/g, '$&another-');
    return super.request(method, path, body && JSON.parse(other), options);
  }
}

function prove(session: AdminSession) {
  const one = USERS.find(({ id }) => id === 'user-name-that-is-taken');
  if (one === undefined || !isProbed(one)) throw new Error('no such probe');
  const budget = new CallBudget();
  budget.allow(one.calls);
  const side = new OrgSide(session, budget, () => new AbortController().signal);
  return one.probe({ org: side } as unknown as Probing);
}

const users = () => org.data.db.all('SELECT Username FROM User');

it('makes no user where the name is refused', async () => {
  const before = users();
  const found = await prove(new AdminSession(url, org.adminUsername, org.adminToken));
  expect(found).toEqual({ kind: 'holds' });
  expect(users()).toEqual(before);
});

it('leaves no user behind where the name is taken', async () => {
  const before = users();
  const found = await prove(new Lenient(url, org.adminUsername, org.adminToken));
  expect(found).toEqual({ kind: 'differs', came: 'the user was made, and undone' });
  expect(users()).toEqual(before);
});
