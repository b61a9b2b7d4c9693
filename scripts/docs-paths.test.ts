import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const PATH =
  /\b(?:sidecar|local|scripts|bench|test|config|force-app|deploy)\/[\w./-]+\.(?:ts|js|json|xml|cls|md|yaml)\b/g;
/** What a page has its reader make. */
const READERS_OWN = 'config/org/mine/';
/** Files of the service, as pages name them for short. */
const SHORT =
  /(?<![\w/.-])(?:app|cli|config|diagnostics|engine|errors|http|lib|mapping|ports|salesforce|state|sync|woo)\/[\w/-]+\.ts\b/g;
const SCRIPT = /npm run ([\w:-]+)/g;
/** To a page or a heading of the project. */
const LINK = /\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');
const known = new Set(files);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

test.each(files.filter((file) => file.endsWith('.md')))(
  '%s names files and scripts that are there',
  (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const missing = [...text.matchAll(PATH)]
      .map(([path]) => path)
      .filter((path) => !known.has(path) && !path.startsWith(READERS_OWN));
    const gone = [...text.matchAll(SHORT)]
      .map(([path]) => path)
      .filter((path) => !known.has(`sidecar/src/${path}`));
    const unknown = [...text.matchAll(SCRIPT)]
      .map(([, name]) => name)
      .filter((name) => !((name ?? '') in scripts));
    expect([...missing, ...gone, ...unknown]).toEqual([]);
  },
);

/** The headings of a page, as GitHub makes addresses of them. */
function anchorsOf(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/(?<!\w)_|_(?!\w)|[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(files.filter((file) => file.endsWith('.md')))('%s links to what is there', (page) => {
  const links = [...readFileSync(join(root, page), 'utf8').matchAll(LINK)];
  const dead = links.filter(([, path = '', anchor]) => {
    const target = path === '' ? join(root, page) : join(root, dirname(page), path);
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});

test('docs/README.md lists each page, and with CONTRIBUTING.md each command', () => {
  const [index = '', contributing = ''] = ['docs/README.md', 'CONTRIBUTING.md'].map((page) =>
    readFileSync(join(root, page), 'utf8'),
  );
  const pages = files.filter((file) => /^docs\/[^/]+\.md$/.test(file) && file !== 'docs/README.md');
  expect(pages.filter((page) => !index.includes(`](${basename(page)})`))).toEqual([]);
  const named = new Set(
    [...`${index}${contributing}`.matchAll(/npm (?:run )?([\w-]+)/g)].map(([, name]) => name),
  );
  // Parts, such as lint:ts, come with the whole, and npm runs `postinstall` by itself.
  const commands = Object.keys(scripts).filter(
    (name) => !name.includes(':') && name !== 'postinstall',
  );
  expect(commands.filter((name) => !named.has(name))).toEqual([]);
});

/** The name is free in the registry: whoever takes it would have their code run where npx finds none here. */
test('no page lets npx look for the program in the registry', () => {
  const said = files.filter((file) =>
    /npx (?!--no -- )(?:-\S+ )*woo-salesforce/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(said).toEqual([]);
});

/** The Salesforce CLI comes with the project: who has no other types commands as they stand, too. */
test('commands of pages take the Salesforce CLI of the project', () => {
  const blocks = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^ *```sh$(.*?)^ *```$/gms)].map(
      ([, block = '']) => ({ file, block }),
    ),
  );
  const bare = blocks.filter(({ block }) => /(?<!npx )\bsf (?=[a-z]+ )/.test(block));
  expect(bare.map(({ file }) => file)).toEqual([]);
});

test('the README is read in two minutes', () => {
  expect(
    readFileSync(join(root, 'README.md'), 'utf8').trimEnd().split('\n').length,
  ).toBeLessThanOrEqual(120);
});
