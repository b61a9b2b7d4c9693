import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, SfCli, type Ran } from '../lib/sf.ts';
import { buildVersion } from './build.ts';
import type { PackageFacts } from './version.ts';

const NAME = 'WooCommerce Sync';
/** A build at a Dev Hub, with what the CLI would write into sfdx-project.json. */
class Hub extends SfCli {
  readonly calls: (readonly string[])[] = [];
  readonly aliases: Record<string, string>;
  builds = true;

  constructor(aliases: Readonly<Record<string, string>>) {
    super('/nowhere');
    this.aliases = { ...aliases };
  }

  override run(args: readonly string[]): Promise<Ran> {
    this.calls.push(args);
    const [, command, verb] = args;
    if (command === 'create') this.aliases[NAME] = '0Ho000000000001';
    if (verb === 'create' && this.builds) this.aliases[`${NAME}@0.2.0-1`] = '04t000000000002';
    return Promise.resolve({ code: 0, stdout: '', stderr: '' });
  }

  facts = (): PackageFacts => ({ name: NAME, version: '0.2.0', aliases: { ...this.aliases } });
}

const build = (sf: Hub, promote = false) =>
  buildVersion(sf, sf.facts, { hub: 'hub', wait: 60, promote });
const commands = ({ calls }: Hub) => calls.map((args) => args.join(' '));

describe('a version', () => {
  it('is built of the package that the project names', async () => {
    const sf = new Hub({ [NAME]: '0Ho000000000001', [`${NAME}@0.1.0-1`]: '04t000000000001' });
    expect(await build(sf)).toBe('04t000000000002');
    expect(commands(sf)).toEqual([
      `package version create --package ${NAME} --installation-key-bypass --code-coverage --wait 60 --tag v0.2.0 --target-dev-hub hub`,
    ]);
  });

  it('is built of a package that is made first, where there is none', async () => {
    const sf = new Hub({});
    expect(await build(sf)).toBe('04t000000000002');
    expect(commands(sf)).toEqual([
      expect.stringMatching(
        `^package create --name ${NAME} --package-type Unlocked --path force-app --no-namespace `,
      ),
      expect.stringContaining('package version create'),
    ]);
  });

  it('is released where that is wanted', async () => {
    const sf = new Hub({ [NAME]: '0Ho000000000001' });
    await build(sf, true);
    expect(commands(sf).at(-1)).toBe(
      'package version promote --package 04t000000000002 --no-prompt --target-dev-hub hub',
    );
  });

  it('that is not there in time is nothing to install', async () => {
    const sf = new Hub({ [NAME]: '0Ho000000000001', [`${NAME}@0.1.0-1`]: '04t000000000001' });
    sf.builds = false;
    await expect(build(sf, true)).rejects.toThrow('has not built the version within 60 minutes');
    expect(commands(sf)).toHaveLength(1);
  });
});

/** What the Salesforce CLI says of its own commands. */
const manifest = JSON.parse(
  readFileSync(join(root, 'node_modules/@salesforce/plugin-packaging/oclif.manifest.json'), 'utf8'),
) as {
  commands: Readonly<
    Record<string, { flags: Readonly<Record<string, { type: string; deprecated?: unknown }>> }>
  >;
};

it('uses commands and options that this CLI has', async () => {
  const sf = new Hub({});
  await build(sf, true);
  expect(sf.calls).toHaveLength(3);
  for (const args of sf.calls) {
    const words = args.slice(
      0,
      args.findIndex((arg) => arg.startsWith('--')),
    );
    const flags = manifest.commands[words.join(':')]?.flags ?? {};
    const used = args.flatMap((arg, at) =>
      arg.startsWith('--') ? [{ name: arg.slice(2), follows: args[at + 1] ?? '--' }] : [],
    );
    for (const { name, follows } of used) {
      expect(Object.keys(flags)).toContain(name);
      expect(flags[name]?.deprecated).toBeUndefined();
      // A value follows each option, and no switch.
      expect([name, flags[name]?.type]).toEqual([
        name,
        follows.startsWith('--') ? 'boolean' : 'option',
      ]);
    }
  }
});
