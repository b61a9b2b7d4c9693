import pg from 'pg';

/** What grows with the records of a shop, but for hashes of texts and numbers of readings: they differ by run. */
const TABLES = {
  link: 'object, key, record_id, parent_key, state, by_id',
  origin: 'resource, key, marks, modified, is_held, is_another, orders_due',
  agreement: 'object, key, record_id, base, pending',
  customer_order: `key, customer, status, counts, currency, total::text, refunded::text, refunds, placed_at`,
  customer_total: 'record_id, currency, object, child_id',
} as const;

type Name = keyof typeof TABLES;

/** The rows of each table as texts, in the order of their keys. */
export type StateTables = Readonly<Record<Name, readonly string[]>>;

export async function tablesOf(databaseUrl: string): Promise<StateTables> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables: [string, readonly string[]][] = [];
    for (const [name, columns] of Object.entries(TABLES)) {
      const { rows } = await client.query(
        `select ${columns} from woosync.${name} order by ${name === 'customer_order' ? 1 : '1, 2'}`,
      );
      tables.push([name, rows.map((row) => JSON.stringify(row))]);
    }
    return Object.fromEntries(tables) as unknown as StateTables;
  } finally {
    await client.end();
  }
}

/** @throws Error where two states do not hold the same */
export function checkSame(expected: StateTables, actual: StateTables): void {
  const different = (Object.keys(TABLES) as Name[]).flatMap((name) => {
    const [wanted, held] = [expected[name], actual[name]];
    const at = wanted.findIndex((row, index) => row !== held[index]);
    if (at === -1 && wanted.length === held.length) return [];
    return `${name}: ${held.length} rows of ${wanted.length}, ${held[at] ?? 'none'} for ${wanted[at] ?? 'none'}`;
  });
  if (different.length > 0)
    throw new Error(`The least keeps something else:\n${different.join('\n')}`);
}
