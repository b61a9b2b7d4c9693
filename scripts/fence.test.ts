import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** One mistake a file: what it imports, and the rule of `.dependency-cruiser.cjs` that it breaks. */
const MISTAKES: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ['sidecar/src/lib/upward.ts', '../sync/good.ts', 'sidecar/src/lib'],
  ['sidecar/src/sync/read/beside.ts', '../match/good.ts', 'sidecar/src/sync/read'],
  ['sidecar/src/mapping/keys/later.ts', '../compile/good.ts', 'sidecar/src/mapping/keys'],
  ['sidecar/src/app/over.ts', '../../../local/store/good.ts', 'sidecar-alone'],
  ['local/store/over.ts', '../../sidecar/src/sync/good.ts', 'local-alone'],
  ['local/org/over.ts', '../store/good.ts', 'org-alone'],
  ['sidecar/src/lib/again.ts', './round.ts', 'no-circle'],
  ['sidecar/src/http/unnamed.ts', 'lwc', 'package-named'],
  ['local/store/unnamed.ts', 'zod', 'package-named'],
  ['sidecar/src/http/unknown.ts', 'no-such-package', 'package-installed'],
  ['sidecar/src/http/not-in-the-image.ts', 'fast-check', 'package-for-production'],
];
const GOOD = [
  'sidecar/src/sync/good.ts',
  'sidecar/src/sync/match/good.ts',
  'sidecar/src/mapping/compile/good.ts',
  'local/store/good.ts',
];
const ABOVE = ['package.json', 'tsconfig.json', 'sidecar/package.json', 'local/org/package.json'];

interface Report {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'woo-salesforce-fence-'));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), text);
  };
  for (const file of GOOD) write(file, 'export const good = 1;\n');
  // Types count: with again.ts it is a circle.
  write(
    'sidecar/src/lib/round.ts',
    "import type * as again from './again.ts';\nexport type Again = typeof again;\n",
  );
  for (const [file, imports] of MISTAKES)
    write(file, `import * as other from '${imports}';\nvoid other;\n`);
  for (const file of [...ABOVE, 'local/store/package.json'])
    cpSync(join(root, file), join(home, file));
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

test('lint:imports refuses each planted mistake, and only those', async () => {
  const config = join(root, '.dependency-cruiser.cjs');
  const args = ['--config', config, '--output-type', 'json', 'sidecar', 'local'];
  const output = await new Promise<string>((resolve) => {
    // It ends with the number of violations.
    execFile(
      join(root, 'node_modules/.bin/depcruise'),
      args,
      { cwd: home, maxBuffer: 2 ** 26 },
      (_, text) => {
        resolve(text);
      },
    );
  });
  const { violations } = (JSON.parse(output) as Report).summary;
  const found = violations.map(({ from, rule }) => `${from}: ${rule.name}`);
  expect([...new Set(found)].sort()).toEqual(
    MISTAKES.map(([file, , rule]) => `${file}: ${rule}`).sort(),
  );
});
