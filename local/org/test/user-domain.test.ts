import { expect, it } from 'vitest';

import { userDomain } from '../user-domain.ts';

it('tells orgs apart that run beside each other', () => {
  const file = undefined;
  expect(userDomain({ port: 8090, file })).toBe('local-org.example');
  expect(userDomain({ port: 8091, file })).toBe('local-org-8091.example');
  const free = [userDomain({ port: 0, file }), userDomain({ port: 0, file })];
  expect(new Set([...free, 'local-org.example']).size).toBe(3);
  expect(free[0]).toMatch(/^local-org-\w+\.example$/);
});

it('leaves an org in a file its users, wherever it listens', () => {
  const file = 'org.sqlite';
  expect([0, 8090, 8091].map((port) => userDomain({ port, file }))).toEqual(
    Array<string>(3).fill('local-org.example'),
  );
});
