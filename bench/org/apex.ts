import { shippedGateway } from '../../local/org/apex/test/shipped-gateway.ts';
import type { Processes } from '../lib/programs/processes.ts';
import { atMost, median, type Result } from '../lib/results/results.ts';

/** Calls before the clock counts, for the compiler, and those of which the median counts. */
const [WARM_UP, ROUNDS] = [60, 40];
/** Calls of a round: the clock of the CPU is coarse. */
const CALLS = 5;
/** Starts of the org of which the median counts, after one that fills the cache of compiled code. */
const STARTS = 5;

const gatewayRows = {
  Woo_Store__mdt: [{ Key__c: 'main', Active__c: true, Named_Credential__c: 'Woo_Store' }],
};

/** About 200 kB, as a page of the orders is. */
const page = JSON.stringify(
  Array.from({ length: 100 }, (_, id) => ({ id, number: `${id}`, note: 'x'.repeat(1960) })),
);

const metaData = (id: number) => [{ key: '_salesforce_id', value: `003Lo0000000${1000 + id}IAA` }];
const customers = Array.from({ length: 100 }, (_, at) => at + 1);
const batch = JSON.stringify({
  update: customers.map((id) => ({ id, meta_data: metaData(id) })),
});
/** What the shop answers to it: whole customers. */
const written = JSON.stringify({
  update: customers.map((id) => ({
    id,
    email: `shopper${id}@example.com`,
    first_name: 'Ada',
    last_name: 'Lovelace',
    billing: { address_1: '12 St James Square', city: 'London', phone: '+44 20 7946 0000' },
    shipping: { address_1: '12 St James Square', city: 'London', phone: '+44 20 7946 0000' },
    avatar_url: 'https://secure.gravatar.example/avatar',
    meta_data: metaData(id),
  })),
});

type Gateway = ReturnType<typeof shippedGateway>;
type Request = Parameters<Gateway>[0];

/** Milliseconds of CPU that a call takes, without the shop. */
async function cpuOf(gateway: Gateway, request: Request, answer: string): Promise<number> {
  const body = Buffer.from(answer);
  const headers = new Map([['Content-Type', 'application/json']]);
  const call = async (): Promise<void> => {
    const { status } = await gateway(request, () =>
      Promise.resolve({ status: 200, headers, body }),
    );
    if (status !== 200) throw new Error(`The gateway of the benchmark has answered ${status}.`);
  };
  for (let n = 0; n < WARM_UP; n++) await call();
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let n = 0; n < CALLS; n++) await call();
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / 1000 / CALLS);
  }
  return median(rounds);
}

/**
 * What the Apex that ships costs in the local org: calls of the gateway, and a start of an org with it.
 * @param file an org with the project deployed
 */
export async function measureApex(processes: Processes, file: string): Promise<readonly Result[]> {
  const gateway = shippedGateway(gatewayRows);
  const read = { method: 'GET', uri: '/woo/main/orders', params: {}, body: null };
  const write = { method: 'POST', uri: '/woo/main/customers/batch', params: {} };
  const [reads, writes] = [
    await cpuOf(gateway, read, page),
    await cpuOf(gateway, { ...write, body: Buffer.from(batch) }, written),
  ];
  const starts: number[] = [];
  for (let at = 0; at <= STARTS; at++) {
    const { stdout } = await processes.measure(['bench/org/apex-start.ts'], {
      BENCH_ORG_FILE: file,
    });
    if (at > 0) starts.push(Number(stdout));
  }
  return [
    atMost('Gateway: CPU of a read of 200 kB, without the shop', 2, 'ms', reads),
    atMost('Gateway: CPU of customers/batch of 100, without the shop', 8, 'ms', writes),
    atMost('Local org: CPU that its Apex adds to a start', 0.3, 's', median(starts)),
  ];
}
