import { afterEach, describe, expect, it } from 'vitest';
import { organizationIdIn, organizationIdOf } from '../../../src/salesforce/rest/identity.ts';
import { SalesforceOrg } from '../../../src/salesforce/org.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { json } from '../../support/scripted-server.ts';
import type { ScriptedServer } from '../../support/scripted-server.ts';
import { expired, orgThat, tokenOf } from '../support/fake-org.ts';

const id = '00DAA0000000001EAA';
let open: ScriptedServer | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

it.each([
  [`https://login.salesforce.com/id/${id}/005000000000001AAA`, id],
  [`https://login.salesforce.com/id/${id.slice(0, 15)}/005000000000001`, id.slice(0, 15)],
  [`https://login.salesforce.com/id/${id}`, null],
  ['https://login.salesforce.com/id/00D/005', null],
  ['https://login.salesforce.com/id/001000000000001AAA/005000000000001AAA', null],
  ['', null],
])('the org in %j is %s', (identity, expected) => {
  expect(organizationIdIn(identity)).toBe(expected);
});

it.each([
  ['00DAA0000000001!AQ.something', '00DAA0000000001'],
  ['eyJhbGciOiJSUzI1NiJ9.e30.x', null],
  ['00DAA0000000001', null],
])('the org of an access token like %s is %s', (token, expected) => {
  expect(organizationIdOf(token)).toBe(expected);
});

const options = { retry: { attempts: 1, firstWaitMs: 1, longestWaitMs: 1 } };
const room = { Max: 100, Remaining: 99 };
const limits = { DailyApiRequests: room, DataStorageMB: room };

describe('the org that we are signed in to', () => {
  it('is known with the first sign-in, costs no call, and is that of the last one', async () => {
    const ids = [id, '00DAA0000000002EAA'];
    const server = await orgThat(
      (request, response) => {
        if (tokenOf(request) === 'first') expired(response);
        else json(response, 200, limits);
      },
      (_request, response) => {
        const identity = `https://login.salesforce.com/id/${ids[0] ?? ''}/005000000000001AAA`;
        const token = ids.length === 2 ? 'first' : 'second';
        ids.shift();
        json(response, 200, { access_token: token, instance_url: open?.url, id: identity });
      },
    );
    open = server;
    const org = new SalesforceOrg(server.signIn, options);
    expect(org.organizationId).toBeNull();
    await org.limits();
    expect(org.organizationId).toBe('00DAA0000000002EAA');
    expect(org.calls).toBe(2);
  });

  it('is read from an access token that was given', async () => {
    open = await orgThat((_request, response) => {
      json(response, 200, limits);
    });
    const accessToken = new Secret('00DAA0000000001!AQ.something');
    const org = new SalesforceOrg({ kind: 'access_token', instanceUrl: open.url, accessToken });
    await org.limits();
    expect(org.organizationId).toBe('00DAA0000000001');
  });
});
