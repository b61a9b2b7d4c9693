import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { variables } from '../../src/config/variables.ts';
import { loadConfig } from '../../src/config/load-config.ts';

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}

const dockerfile = read('Dockerfile');
const compose = read('deploy/compose.yaml');
const unit = read('deploy/woo-salesforce.service');
const example = read('deploy/.env.example');

function names(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name ?? '');
}

/** `NAME=value` as written one after the other. */
function assignments(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/(?<=^|\s)([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>;
}

const image = assignments(names(dockerfile, /^ENV (.*)$/gm).join('\n'));
const service = assignments(names(unit, /^Environment=(.*)$/gm).join('\n'));
const signIn = {
  SF_LOGIN_URL: 'https://acme.my.salesforce.com',
  SF_CLIENT_ID: 'client-id',
  SF_CLIENT_SECRET: 'client-s3cret',
};

describe('what the sidecar is run by', () => {
  const known = new Set([
    ...Object.keys(variables.shape),
    'WOO_MAIN_KEY',
    'WOO_MAIN_SECRET',
    'NODE_ENV',
    'POSTGRES_USER',
    'POSTGRES_DB',
    'POSTGRES_PASSWORD',
    // Of the C library.
    'MALLOC_ARENA_MAX',
    'MALLOC_TRIM_THRESHOLD_',
  ]);
  it.each([
    ['Dockerfile', Object.keys(image)],
    ['compose.yaml', names(compose, /^ {6}([A-Z_]+):/gm)],
    ['compose.yaml, filled in', names(compose, /\$\{([A-Z_]+)/g)],
    ['the unit', Object.keys(service)],
    ['.env.example', names(example, /^(?:# )?([A-Z_]+)=/gm)],
  ])('names only variables that are read: %s', (_file, named) => {
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('tells the sidecar in the image what fits the image', () => {
    const config = loadConfig({ ...signIn, ...image });
    expect(config.listen.host).toBe('0.0.0.0');
    expect(dockerfile).toContain(`EXPOSE ${config.listen.port}\n`);
    expect(compose).toContain(`127.0.0.1:${config.listen.port}:${config.listen.port}`);
    if (config.state.kind !== 'directory') throw new Error('the image keeps no state');
    expect(dockerfile).toContain(`VOLUME ${config.state.path}\n`);
  });

  it('starts Node as the command itself does', () => {
    const [, flags = ''] = /^#!.* node (.+)$/m.exec(read('sidecar/bin/woo-salesforce.js')) ?? [];
    expect(flags).toMatch(/^--\S+ --\S+$/);
    expect(unit).toContain(`/node ${flags} sidecar/bin/woo-salesforce.js\n`);
    const entry = ['node', ...flags.split(' '), 'sidecar/bin/woo-salesforce.js'];
    expect(dockerfile).toContain(`ENTRYPOINT [${entry.map((one) => `"${one}"`).join(', ')}]\n`);
  });

  it('gives the image the packages of the sidecar alone', () => {
    const [, before = '', install = ''] = /^([\s\S]*?)^RUN (.*)$/m.exec(dockerfile) ?? [];
    expect(install).toContain('npm ci --workspace sidecar --omit=dev --ignore-scripts ');
    expect(before).toContain('COPY package.json package-lock.json ./\n');
    expect(before).toContain('COPY sidecar/package.json sidecar/\n');
    expect(unit).toContain('npm ci --workspace sidecar --omit=dev');
  });

  it('needs no script of a package: those that have one only print a line', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      readonly packages: Readonly<
        Record<string, { readonly dev?: boolean; readonly hasInstallScript?: boolean }>
      >;
    };
    const running = Object.entries(packages).filter(
      ([path, { dev, hasInstallScript }]) =>
        path !== '' && hasInstallScript === true && dev !== true,
    );
    expect(running.map(([path]) => path)).toEqual(
      ['core-js', 'core-js-pure'].map((name) => `node_modules/${name}`),
    );
  });

  it('lets the unit call and see what it needs alone, and a refused call ends nothing', () => {
    expect(names(unit, /^SystemCallFilter=(.*)$/gm)).toEqual([
      '@system-service',
      '~@privileged @resources',
    ]);
    expect(unit).toMatch(/^SystemCallErrorNumber=EPERM$/m);
    expect(unit).toMatch(/^ProcSubset=pid$/m);
    expect(unit).toMatch(/^PrivateUsers=yes$/m);
  });

  it('keeps the state of the unit where that may write', () => {
    const folder = /^StateDirectory=(.*)$/m.exec(unit)?.[1] ?? '';
    expect(loadConfig({ ...signIn, ...service }).state).toEqual({
      kind: 'directory',
      path: `/var/lib/${folder}`,
    });
  });

  it('takes the database of compose.yaml', () => {
    const url = /^ {6}DATABASE_URL: (.*)$/m.exec(compose)?.[1]?.replace(/\$\{.*?\}/, 'word') ?? '';
    expect(loadConfig({ ...signIn, DATABASE_URL: url }).state).toMatchObject({ kind: 'postgres' });
  });

  it('needs no more than the five variables that come first in .env.example', () => {
    const five = names(example, /^([A-Z_]+)=/gm).slice(0, 5);
    const filled = { PUBLIC_URL: 'https://sync.example.com', SIDECAR_SECRET: 's3cret'.repeat(6) };
    const given = { ...signIn, ...filled };
    expect(five).toEqual(Object.keys(given));
    expect(loadConfig(given).publicAccess).not.toBeNull();
  });

  it('starts the same file with the same options everywhere, and copies what that needs', () => {
    const bin = 'sidecar/bin/woo-salesforce.js';
    const [, given = '', options = ''] =
      /^#!\/usr\/bin\/env -S (.*) node (.*)$/m.exec(read(bin)) ?? [];
    expect(Object.keys(assignments(given))).toHaveLength(given.split(' ').length);
    expect(service).toMatchObject(assignments(given));
    expect(image).toMatchObject(assignments(given));
    expect(unit).toContain(`ExecStart=/usr/bin/node ${options} ${bin}\n`);
    const entry = /^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? '';
    expect(JSON.parse(entry)).toEqual(['node', ...options.split(' '), bin]);

    const kept = names(read('.dockerignore'), /^!(.*)$/gm);
    const copied = names(dockerfile, /^COPY ((?!--from).*) \S+$/gm).flatMap((all) =>
      all.split(' '),
    );
    expect(new Set(copied)).toEqual(new Set(kept));
  });
});
