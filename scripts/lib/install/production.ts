import { z } from 'zod';
import { refusalIn, type AdminSession } from './admin-session.ts';

/**
 * Tests that a deploy into production runs: ours alone. The tests of others in the org, which may fail for
 * reasons of theirs, then stop no deploy of this project.
 */
export const DEPLOY_TESTS: readonly string[] = [
  'WooGatewayTest',
  'WooFlowsTest',
  'WooMappingsTest',
];

const organization = z.object({
  records: z.tuple([z.object({ IsSandbox: z.boolean(), OrganizationType: z.string() })]),
});

/** Whether deploys into the org must run Apex tests, and bring flows in inactive. @throws Error where the org does not say */
export async function isProduction(session: Pick<AdminSession, 'request'>): Promise<boolean> {
  const soql = new URLSearchParams({ q: 'SELECT IsSandbox, OrganizationType FROM Organization' });
  const answer = await session.request('GET', `/services/data/v66.0/query?${soql.toString()}`);
  const found = organization.safeParse(answer.body).data;
  if (answer.status !== 200 || found === undefined) {
    throw new Error(`The org does not say whether it is a production org: ${refusalIn(answer)}`);
  }
  const [{ IsSandbox, OrganizationType }] = found.records;
  return !IsSandbox && OrganizationType !== 'Developer Edition';
}

/** Arguments of `sf project deploy start` that choose the tests. */
export const testArguments = (production: boolean): readonly string[] =>
  production
    ? ['--test-level', 'RunSpecifiedTests', ...DEPLOY_TESTS.flatMap((name) => ['--tests', name])]
    : [];

/** What is left to do where flows arrive inactive. */
export const FLOWS_NOTE = `This is a production org. It takes flows in inactive, unless Setup › Process Automation Settings ›
Deploy processes and flows as active is on. Open each flow whose name begins with Woo in Setup › Flows and
activate its newest version: there are twelve. Until then edits of products and commands wait for the sweep, which
asks Salesforce every 15 minutes, and pasted addresses of images are refused instead of tidied.`;
