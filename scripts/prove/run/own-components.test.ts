import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createOrg } from '../../../local/org/org.ts';
import { AdminSession, type RequestOptions } from '../../lib/install/admin-session.ts';
import { deployObject } from '../catalogue/deploying/own-files.ts';
import { ASSUMPTIONS } from '../catalogue/all.ts';
import { isProbed } from '../model/assumption.ts';
import { decoded, type Deviation, type Exchange } from '../model/exchange.ts';
import type { Probing } from '../model/probing.ts';
import { CallBudget } from '../sides/call-budget.ts';
import { MetadataSide } from '../sides/metadata-side.ts';
import { OrgSide } from '../sides/org-side.ts';
import { OwnComponents, REMOVING_CALLS } from './own-components.ts';

const org = createOrg();
let url: string;

beforeAll(async () => {
  url = await org.listen(0);
});

afterAll(() => org.close());

/** Of an org that answers otherwise. */
class Deviating extends AdminSession {
  deviation: Deviation | null = null;

  override async request(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ) {
    const { status, headers, body: answer } = await super.request(method, path, body, options);
    const exchange: Exchange = {
      side: 'org',
      method,
      path: decoded(path),
      askedHeaders: {},
      asked: null,
      status,
      headers: {},
      body: answer,
    };
    this.deviation?.change(exchange);
    return { ...exchange, headers };
  }
}

/** A run of probes of the setup, with the calls of one of them. */
function open(calls: number) {
  const session = new Deviating(url, org.adminUsername, org.adminToken);
  const budget = new CallBudget();
  budget.allow(calls);
  const signal = () => new AbortController().signal;
  const side = new OrgSide(session, budget, signal);
  const components = new OwnComponents(new MetadataSide(side, session, signal), false);
  return { session, budget, components, org: side };
}

const own = (): readonly string[] =>
  org.data
    .components()
    .map(({ fullName }) => fullName)
    .filter((name) => name.startsWith('Woo_Prove_'));

it('a probe that deploys leaves nothing in the org', async () => {
  // All others run against the local org in test/e2e/prove.test.ts, each with its deviation too.
  const one = ASSUMPTIONS.filter(isProbed).find(({ id }) => id === 'new-checkbox');
  if (one === undefined) throw new Error('no such probe');
  const { components, budget, org: side } = open(one.calls);
  expect(await one.probe({ org: side, components } as unknown as Probing)).toEqual({
    kind: 'holds',
  });
  expect(own()).not.toEqual([]);
  budget.allow(REMOVING_CALLS);
  await components.remove();
  expect(own()).toEqual([]);
});

describe('the setup of a run', () => {
  it('says why it cannot be deployed, and what cannot be removed', async () => {
    const { components } = open(100);
    const name = components.name();
    const file = [`objects/${name}__c.object`, '<CustomObject/>'] as const;
    const deploying = components.deploy([file], { CustomObject: [`${name}__c`] });
    await expect(deploying).rejects.toThrow(/A deploy was refused: .*Woo_Prove_/);
    const kept = open(100);
    await deployObject(kept.components);
    const [object = ''] = own();
    kept.session.deviation = {
      says: 'the object is in use',
      change: ({ body }) => {
        const { deployResult } = body as { deployResult?: object };
        if (deployResult) Object.assign(deployResult, { success: false, errorMessage: 'in use' });
      },
    };
    await expect(kept.components.remove()).rejects.toThrow(
      `${object} of Setup could not be deleted: in use`,
    );
  });

  it('of a run that was killed is removed by a later one', async () => {
    const { components, org: side } = open(100);
    const name = `Woo_Prove_${(Date.now() - 7_200_000).toString(36)}_1`;
    await deployObject({ ...namedAs(components, name) });
    const young = await deployObject(components);
    expect(own().some((one) => one.startsWith(name))).toBe(true);
    await components.removeLeftovers(side);
    expect(own().some((one) => one.startsWith(name))).toBe(false);
    expect(own()).toContain(young);
    await components.remove();
  });
});

/** Components of another run. */
const namedAs = (components: OwnComponents, name: string) => ({
  name: () => name,
  deploy: components.deploy.bind(components),
  validate: components.validate.bind(components),
  retrieve: components.retrieve.bind(components),
});
