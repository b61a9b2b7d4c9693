import { join } from 'node:path';
import { chooseStores, connect, openStore } from '../app/open-sidecar.ts';
import { describeMapped } from '../diagnostics/describe-mapped.ts';
import { compareRows } from '../diagnostics/golden/compare.ts';
import { keysToKeep, recordCase } from '../diagnostics/golden/record.ts';
import { rowsOf } from '../diagnostics/golden/rows.ts';
import { CodedError } from '../errors/coded-error.ts';
import { compileMappings } from '../mapping/compile/compile.ts';
import { goesByTime } from '../mapping/conditions/periods.ts';
import { readSubjectName } from './explain.ts';
import { readGoldenFiles, writeGoldenFile } from './golden-files.ts';
import { describeGolden, type GoldenReport } from './output/golden.ts';

export interface GoldenFlags {
  readonly dir: string;
  /** Write what the mappings make now into the files. */
  readonly update?: boolean;
  readonly json?: boolean;
  /** Store, resource and id of a record to make a golden order of. */
  readonly record?: readonly string[];
  readonly name?: string;
  readonly description?: string;
}

/**
 * Runs the org's mappings over the golden orders, or records one.
 * @returns whether all is as the files say
 */
export async function runGolden(
  env: NodeJS.ProcessEnv,
  flags: GoldenFlags,
  out: NodeJS.WritableStream,
): Promise<boolean> {
  if (flags.record) return recordOne(env, flags.record, flags, out);
  const files = readGoldenFiles(flags.dir);
  const { mappings, problems, moment } = await readMappings(env);
  const results = files.map(({ path, golden }) => {
    moment.at = golden.at === undefined ? null : Date.parse(golden.at);
    const actual = rowsOf(golden, mappings);
    const differences = compareRows(golden.expected, actual);
    if (flags.update && differences.length > 0) {
      writeGoldenFile(path, { ...golden, expected: actual }, true);
    }
    return { file: path, description: golden.description, differences };
  });
  const held = problems.filter(({ fatal }) => fatal);
  const report: GoldenReport = { problems: held, results, updated: flags.update === true };
  out.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : describeGolden(report));
  const agree = results.every(({ differences }) => differences.length === 0);
  return held.length === 0 && (agree || report.updated);
}

async function readMappings(env: NodeJS.ProcessEnv) {
  const { config, org } = connect(env);
  const source = await org.readMappings();
  const schemas = await describeMapped(org, source);
  /** The moment that conditions go by; null for now. */
  const moment: { at: number | null } = { at: null };
  const compiled = compileMappings(source, schemas, () => moment.at ?? Date.now());
  return { config, org, source, schemas, moment, ...compiled };
}

async function recordOne(
  env: NodeJS.ProcessEnv,
  [storeKey, resource, id, ...more]: readonly string[],
  flags: GoldenFlags,
  out: NodeJS.WritableStream,
): Promise<boolean> {
  if (storeKey === undefined || resource === undefined || id === undefined || more.length > 0) {
    throw new CodedError(
      'GOLDEN_RECORD_WHAT',
      '--record takes three values.',
      'Name the store, the resource and the id, such as --record main order 1042.',
    );
  }
  const subject = readSubjectName(resource);
  const { config, org, source, schemas, mappings, moment } = await readMappings(env);
  const [row] = chooseStores(source.stores, storeKey);
  if (!row) return false;
  const keep = keysToKeep(source, schemas);
  const store = openStore({ config, org, rows: source.stores }, row);
  const now = Date.now();
  moment.at = now;
  const at = source.conditions.some(goesByTime) ? { at: new Date(now).toISOString() } : {};
  const recorded = await recordCase(store, subject, id, { mappings, keep, ...at });
  const { description = recorded.golden.description } = flags;
  const name = flags.name ?? `${subject}-${/^\d+$/.test(id) ? id : 'guest'}`;
  const path = join(flags.dir, `${name.replace(/\.json$/, '')}.json`);
  writeGoldenFile(path, { ...recorded.golden, description }, flags.update === true);
  out.write(
    `${path}: ${recorded.replaced} texts replaced by stand-ins. Read it before you commit it: names in texts that are taken for the shop's own, such as product names, are only replaced where the record has them elsewhere too.\n`,
  );
  return true;
}
