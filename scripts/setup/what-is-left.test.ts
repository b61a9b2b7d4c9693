import { expect, it } from 'vitest';

import { ServiceFolder } from './service/folder.ts';
import { whatIsLeft } from './what-is-left.ts';

const plan = { folder: new ServiceFolder('/home/jane/woo'), compose: false };

it.each([
  [
    'declined',
    false,
    /^Nothing was loaded: the service does so when it starts\.\nStart the service/,
  ],
  ['declined', true, /^What was loaded earlier is in the org\. .*\nStart the service/],
  [
    'loaded',
    true,
    /^Start the service: .*\nOn a server: \/home\/jane\/woo\/woo-salesforce\.service/,
  ],
  ['served', true, /^The service runs already/],
] as const)('a load that was %s, with orders in the org: %s', (outcome, hasOrders, said) => {
  expect(whatIsLeft(plan, outcome, hasOrders)).toMatch(said);
});
