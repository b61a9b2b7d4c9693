/** `node --import ./test/simulation/preload/install.ts test/simulation/seeds.ts`: plays seeds; `main.ts` starts it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { planOf, type Plan, type Step, USUAL, type Which } from './plan.ts';
import { real } from './preload/clock.ts';
import { Results } from './results.ts';
import { play, type Verdict } from './run.ts';
import { shrink } from './shrink.ts';
import { DatabasePlace } from './world/database-place.ts';
import { MemoryPlace } from './world/memory-ports.ts';
import { prepareOrg } from './world/prepared-org.ts';
import type { StatePlace } from './world/state-place.ts';

const { values } = parseArgs({
  options: {
    /** A file of an org to which the project was deployed. */
    org: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1' },
    /** The first of so many orders in which each seed has calls of the state end; 0 is its own. */
    order: { type: 'string', default: '0' },
    orders: { type: 'string', default: '1' },
    actions: { type: 'string', default: String(USUAL.actions) },
    days: { type: 'string', default: String(USUAL.days) },
    /** What happens meets writes. */
    aimed: { type: 'boolean', default: false },
    /** Which seeds lose their state once: `tenth` for 6, 16 and so on, or `each`. */
    lost: { type: 'string', default: 'none' },
    /** Which seeds have two processes of the service: `tenth` for 8, 18 and so on, or `each`. */
    two: { type: 'string', default: 'none' },
    /** Which seeds have an admin change conditions and field mappings: `tenth` for 2, 12 and so on, or `each`. */
    configured: { type: 'string', default: 'tenth' },
    /** Steps that are played in place of those of the seed, one a line as they are printed. */
    steps: { type: 'string' },
    /** How often a failing plan is played to make it shorter. */
    shrink: { type: 'string', default: '40' },
    /** A file that keeps which seeds were played: those in it are not played again. */
    results: { type: 'string' },
    /** Plays each seed twice: all that went over the network must be the same. */
    twice: { type: 'boolean', default: false },
    /** Ends with the first seed that fails. */
    'until-red': { type: 'boolean', default: false },
    /** Where the service has its state. */
    state: { type: 'string', default: 'memory' },
    /** URL of a server for `--state postgres`. */
    server: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
  },
});
/** Lines of a seed that are printed. */
const MOST_LINES = 12;

const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-simulation-'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function preparedAt(hasOutlet: boolean): string {
  return join(folder, hasOutlet ? 'two.sqlite' : 'one.sqlite');
}

function newPlace(): StatePlace {
  switch (values.state) {
    case 'memory':
      return new MemoryPlace();
    case 'folder':
      return DatabasePlace.inFolder(join(folder, 'state'));
    case 'postgres':
      return DatabasePlace.onServer(values.server);
    default:
      throw new Error(`--state ${values.state} is none of memory, folder, postgres.`);
  }
}

async function once(plan: Plan): Promise<Verdict> {
  try {
    return await play(plan, {
      prepared: preparedAt(plan.hasOutlet),
      file: join(folder, 'org.sqlite'),
      place: newPlace(),
    });
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...NOTHING, wrong: [`it broke: ${said}`] };
  }
}

const NOTHING = { hash: 0, edits: 0, mishaps: 0, crashes: 0, unseen: 0, events: 0, lines: [] };

/** What a failure is about, without its numbers. */
function kindOf(wrong: readonly string[]): string {
  return (wrong[0] ?? '')
    .replaceAll(/\d+/g, '#')
    .replace(/^\w+ #: /, '')
    .slice(0, 40);
}

function planFor(seed: number, order: number): Plan {
  const { aimed: isAimed } = values;
  const size = {
    ...USUAL,
    actions: Number(values.actions),
    days: Number(values.days),
    isAimed,
    losesState: whichOf('lost'),
    hasTwo: whichOf('two'),
    configures: whichOf('configured'),
  };
  const plan = { ...planOf(seed, size), order };
  if (values.steps === undefined) return plan;
  const lines = readFileSync(values.steps, 'utf8').split('\n');
  const steps = lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Step);
  return { ...plan, steps };
}

function whichOf(option: 'lost' | 'two' | 'configured'): Which {
  const given = values[option];
  if (given === 'none' || given === 'tenth' || given === 'each') return given;
  throw new Error(`--${option} ${given} is none of none, tenth, each.`);
}

function sayVerdict(plan: Plan, verdict: Verdict, milliseconds: number): void {
  const { wrong, hash, edits, mishaps, crashes, unseen, events } = verdict;
  const order = plan.order > 0 && `order ${plan.order}`;
  const kinds = [
    plan.rule,
    plan.hasOutlet && 'two stores',
    plan.isTold && 'told',
    plan.processes > 1 && 'two processes',
    order,
  ];
  const counts = `${edits} edits, ${mishaps} mishaps, ${crashes} crashes, ${unseen} unseen, ${events} events`;
  const state = wrong.length === 0 ? 'green' : 'RED';
  say(
    `seed ${plan.seed} (${kinds.filter(Boolean).join(', ')}): ${state}, ${counts}, hash ${hash}, ${milliseconds} ms`,
  );
  for (const line of wrong.slice(0, MOST_LINES)) say(`    ${line}`);
  if (wrong.length > MOST_LINES) say(`    and ${wrong.length - MOST_LINES} more`);
  if (!values.verbose) return;
  for (const { at, level, message, said } of verdict.lines)
    if (level !== 'info')
      say(`    ${at} ${level} ${message} ${JSON.stringify(said).slice(0, 300)}`);
}

/** Prints the fewest steps that fail in the same way. */
async function sayLeast(plan: Plan, { wrong }: Verdict): Promise<void> {
  const most = Number(values.shrink);
  if (most === 0) return;
  const kind = kindOf(wrong);
  const least = await shrink(plan, async (one) => kindOf((await once(one)).wrong) === kind, most);
  say(`    ${least.steps.length} of ${plan.steps.length} steps are enough:`);
  for (const step of least.steps) say(`    ${JSON.stringify(step)}`);
}

/** @returns whether all is as it should be */
async function judge(seed: number, order: number): Promise<boolean> {
  const plan = planFor(seed, order);
  const began = real.now();
  const verdict = await once(plan);
  sayVerdict(plan, verdict, Math.round(real.now() - began));
  const isRight = verdict.wrong.length === 0;
  if (!isRight) await sayLeast(plan, verdict);
  if (!values.twice) return isRight;
  const again = await once(plan);
  if (again.hash === verdict.hash) return isRight;
  say(`    it is not the same the second time: hash ${again.hash}`);
  return false;
}

/** What decides how a seed is played, beside its order. */
const { actions, days, aimed, lost, two, configured, state, steps } = values;
const results =
  values.results === undefined
    ? null
    : new Results(
        values.results,
        JSON.stringify({ actions, days, aimed, lost, two, configured, state, steps }),
      );

/** What each seed took that was played in this run. */
const seconds: number[] = [];

/** Plays what was not played yet. @returns whether all is as it should be */
async function isGreen(seed: number, order: number): Promise<boolean> {
  const known = results?.of(seed, order) ?? null;
  if (known !== null) return !known.isRed;
  const began = real.now();
  const isRed = !(await judge(seed, order));
  seconds.push((real.now() - began) / 1000);
  results?.add({ seed, order, isRed });
  return !isRed;
}

async function judgeAll(): Promise<boolean> {
  for (const hasOutlet of [false, true])
    await prepareOrg(values.org, preparedAt(hasOutlet), { hasOutlet });
  // What is loaded in the middle of the first run is there in the next one.
  await once({ ...planOf(1), days: 1, steps: [] });
  const red = new Set<number>();
  const [first, runs] = [Number(values.seed), Number(values.runs)];
  const [order, orders] = [Number(values.order), Number(values.orders)];
  let played = 0;
  for (; played < runs && !(values['until-red'] && red.size > 0); played += 1) {
    const seed = first + played;
    for (let at = order; at < order + orders && !(values['until-red'] && red.has(seed)); at += 1)
      if (!(await isGreen(seed, at))) red.add(seed);
  }
  const took = seconds.reduce((sum, one) => sum + one, 0);
  if (seconds.length > 0)
    say(`${seconds.length} played now, ${(took / seconds.length).toFixed(1)} s each`);
  say(`${played} seeds, ${red.size} red${red.size === 0 ? '' : `: ${[...red].join(', ')}`}`);
  return red.size === 0;
}

try {
  process.exitCode = (await judgeAll()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// Timers of the machine that are left hold nothing.
process.exit();
