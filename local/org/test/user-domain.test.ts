import { expect, it } from 'vitest';

import { userDomain } from '../user-domain.ts';

it('tells orgs apart that run beside each other', () => {
  expect(userDomain({ port: 8090 })).toBe('local-org.example');
  expect(userDomain({ port: 8091 })).toBe('local-org-8091.example');
  const free = [userDomain({ port: 0 }), userDomain({ port: 0 })];
  expect(new Set([...free, 'local-org.example']).size).toBe(3);
  expect(free[0]).toMatch(/^local-org-\w+\.example$/);
});
