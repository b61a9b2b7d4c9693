/**
 * `npm run simulate -- --seed S --runs N`: plays random days of an org and its shops on one clock, in a process of its
 * own whose time, chance and network are simulated. docs/testing.md says what is looked at, and how a seed is found again.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { root, run } from '../../scripts/lib/sf.ts';
import { allPlants, type Plant, plantOf, withPlant } from './plants.ts';
import { type Seeds, seedThatTells } from './search.ts';
import { startPostgres } from '../../sidecar/test/support/postgres.ts';

/** Made once for each state of the metadata: a deploy with the real CLI takes a minute. */
const CACHE = join(root, 'node_modules/.cache/simulation');
/** What a deployed org follows from. */
const METADATA = ['force-app/**/*', 'config/org/**/*', 'local/org/**/*.ts', 'sfdx-project.json'];

/** @returns the file of an org to which the project was deployed */
async function deployedOrg(): Promise<string> {
  const given = process.env['SIMULATION_ORG'];
  if (given !== undefined) return given;
  const hash = createHash('sha256');
  for (const path of METADATA.flatMap((pattern) => globSync(pattern, { cwd: root })).toSorted()) {
    if (/\/test\/|node_modules/.test(path)) continue;
    hash.update(path);
    if (/\.\w+$/.test(path)) hash.update(readFileSync(join(root, path)));
  }
  const file = join(CACHE, `${hash.digest('hex').slice(0, 16)}.sqlite`);
  if (existsSync(file)) return file;
  console.log('The project is deployed to a local org once, which takes a minute…');
  const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-simulation-'));
  try {
    const { code, stdout, stderr } = await run('node', ['test/e2e/prepare.ts', folder]);
    if (code !== 0) throw new Error(`The org could not be prepared:\n${stdout}${stderr}`);
    rmSync(CACHE, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    cpSync(join(folder, 'org.sqlite'), file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return file;
}

/** A server of PostgreSQL that is there while something runs, where it is asked for. */
async function withServer<T>(
  args: readonly string[],
  work: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  if (args[args.indexOf('--state') + 1] !== 'postgres') return work(args);
  const server = await startPostgres();
  try {
    return await work([...args, '--server', server.url]);
  } finally {
    await server.stop();
  }
}

interface Played {
  readonly code: number;
  readonly printed: string;
}

async function play(args: readonly string[]): Promise<Played> {
  const preload = ['--import', './test/simulation/preload/install.ts'];
  const org = ['--org', await deployedOrg()];
  const program = join(root, 'test/simulation/seeds.ts');
  const child = spawn(process.execPath, [...preload, program, ...org, ...args], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
    env: { ...process.env, TZ: 'UTC' },
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    process.stdout.write(text);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, printed };
}

/** Whether one of the seeds finds the plant: they are played with it, and a red one without it too. */
async function isFound(plant: Plant, args: readonly string[]): Promise<boolean> {
  const options = {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
  } as const;
  const { values } = parseArgs({ args: [...args], options, strict: false });
  const seeds = { first: Number(values.seed), runs: Number(values.runs) };
  const played = async ({ first, runs }: Seeds) => {
    const which = ['--seed', `${first}`, '--runs', `${runs}`, '--until-red', '--shrink', '0'];
    return (await withServer([...args, ...which], play)).printed;
  };
  const found = await seedThatTells(
    seeds,
    (of) => withPlant(plant, () => played(of)),
    (of) => {
      console.log('The same seed without the plant:');
      return played(of);
    },
  );
  const by = found === null ? 'is not found' : `is found by seed ${found}`;
  console.log(`The plant ${plant.name} ${by}.`);
  return found !== null;
}

/** Whether each of the plants is found by the seed that once found it. */
async function areAllFound(): Promise<boolean> {
  const missed: string[] = [];
  for (const plant of allPlants())
    if (!(await isFound(plant, plant.options))) missed.push(plant.name);
  if (missed.length > 0) console.log(`Not found: ${missed.join(', ')}.`);
  return missed.length === 0;
}

const USAGE = `Plays random days of an org and its shops on one clock, and says where the two sides differ afterwards.

  npm run simulate -- [options]

  --seed S           the first seed (default 1)
  --runs N           how many seeds are played from there (default 1)
  --days N           days of each seed
  --actions N        what people and programs do in it
  --aimed            what happens meets writes
  --lost HOW         which seeds lose their state once: none (default), tenth or each
  --two HOW          which seeds have two processes on one state: none (default), tenth or each
  --configured HOW   which seeds have conditions and field mappings changed: none, tenth (default) or each
  --state WHERE      memory (default), folder or postgres
  --steps FILE       plays these steps in place of those of the seed, one a line as they are printed
  --order N          the first order in which calls of the state end (default 0, the seed's own), and
  --orders N         how many of them are played
  --shrink N         how often a failing seed is played to make it shorter (default 40)
  --results FILE     keeps which seeds were played, and leaves those out that were
  --twice            plays each seed twice: all that went over the network must be the same
  --until-red        ends with the first seed that fails
  --plant NAME       puts a mistake of test/simulation/plants into the sources meanwhile, and says which seed finds it;
                     by itself it plays the seed that once found it, and "--plant each" all of them in turn
  --verbose          prints each step

Exit code 1 when a seed fails, or a plant is not found. docs/testing.md says what is looked at.
`;

async function answer(args: readonly string[]): Promise<boolean> {
  const options = {
    plant: { type: 'string' },
  } as const;
  const { plant: name } = parseArgs({ args: [...args], options, strict: false }).values;
  if (typeof name !== 'string') return (await withServer(args, play)).code === 0;
  if (name === 'each') return areAllFound();
  const plant = plantOf(name);
  const others = args.filter((arg) => arg !== name && !arg.startsWith('--plant'));
  return isFound(plant, others.length === 0 ? plant.options : others);
}

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(USAGE);
else process.exitCode = (await answer(args)) ? 0 : 1;
