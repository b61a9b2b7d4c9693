import { afterEach, describe, expect, it } from 'vitest';
import { json } from '../support/scripted-server.ts';
import { org, closeOrg } from './support/composite-org.ts';

afterEach(closeOrg);

describe('limits', () => {
  it('tell what is left of calls and storage', async () => {
    const { org: asked } = await org((_request, response) => {
      json(response, 200, {
        DailyApiRequests: { Max: 15000, Remaining: 14998 },
        DataStorageMB: { Max: 5, Remaining: 4 },
        Package: {},
      });
    });
    expect(await asked.limits()).toEqual({
      apiCalls: { limit: 15000, remaining: 14998 },
      storageMb: { limit: 5, remaining: 4 },
    });
  });

  it('are those of the API alone for a user who may not know more', async () => {
    const { org: asked } = await org((_request, response) => {
      response.setHeader('Sforce-Limit-Info', 'api-usage=18/15000');
      json(response, 403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no' }]);
    });
    expect(await asked.limits()).toEqual({
      apiCalls: { limit: 15000, remaining: 14982 },
      storageMb: null,
    });
  });
});
