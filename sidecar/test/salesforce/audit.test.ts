import { afterEach, describe, expect, it } from 'vitest';
import type { OrgAudit } from '../../src/ports/org.ts';
import { SalesforceOrg } from '../../src/salesforce/org.ts';
import {
  type Answer,
  failureOf,
  json,
  type Received,
  type ScriptedServer,
} from '../support/scripted-server.ts';
import { orgThat, tokenPath } from './support/fake-org.ts';

let open: ScriptedServer | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function org(answer: Answer): Promise<{ org: SalesforceOrg; sent: () => Received[] }> {
  const server = await orgThat(answer);
  open = server;
  return {
    org: new SalesforceOrg(server.signIn, {
      retry: { attempts: 1, firstWaitMs: 1, longestWaitMs: 1 },
    }),
    sent: () => server.received.filter(({ path }) => path !== tokenPath),
  };
}

describe('who we are', () => {
  it('is asked once, by the list of resources', async () => {
    const { org: asked, sent } = await org((_request, response) => {
      json(response, 200, {
        identity: 'https://login.salesforce.com/id/00D000000000001EAA/005000000000001AAA',
        sobjects: '/services/data/v66.0/sobjects',
      });
    });
    expect(await (asked satisfies OrgAudit).userId()).toBe('005000000000001AAA');
    expect(await asked.userId()).toBe('005000000000001AAA');
    expect(sent().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /services/data/v66.0/',
    ]);
  });

  it.each([{}, { identity: "https://login.example/id/00D/005' OR Id != '" }, []])(
    'is an error where the org does not say it: %j',
    async (body) => {
      const { org: asked } = await org((_request, response) => {
        json(response, 200, body);
      });
      expect(await failureOf(asked.userId())).toMatchObject({ code: 'SF_UNEXPECTED_ANSWER' });
    },
  );
});

describe('queries that find deleted records too', () => {
  it('are one call for five', async () => {
    const { org: asked, sent } = await org(({ body }, response) => {
      const { compositeRequest } = JSON.parse(body) as { compositeRequest: { url: string }[] };
      json(response, 200, {
        compositeResponse: compositeRequest.map(({ url }, at) => ({
          httpStatusCode: url.startsWith('/services/data/v66.0/queryAll?') ? 200 : 400,
          body: { done: true, records: [{ Id: `${at}` }] },
        })),
      });
    });
    const soql = ['A', 'B', 'C', 'D', 'E', 'F'].map((object) => `SELECT Id FROM ${object}`);
    const found = await asked.queriesAll(soql);
    expect(found.map(([row]) => row?.['Id'])).toEqual(['0', '1', '2', '3', '4', '0']);
    expect(sent()).toHaveLength(2);
  });
});
