import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { root } from '../../lib/sf.ts';
import { composeFile, proxySnippet, systemdUnit } from './server-files.ts';

const shipped = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('a unit of systemd', () => {
  const { name, text } = systemdUnit('salesforce-jwt.key');

  it('gives the service the key, which only root can read', () => {
    expect(name).toBe('woo-salesforce.service');
    expect(text).toContain('install -m 0600 salesforce-jwt.key /etc/woo-salesforce.key');
    expect(text).toContain('\nLoadCredential=jwt.key:/etc/woo-salesforce.key\n');
    expect(text).toContain('SF_JWT_KEY_FILE=${CREDENTIALS_DIRECTORY}/jwt.key ');
  });

  it('is else the one of the project', () => {
    const lines = (unit: string) => unit.split('\n').filter((line) => !line.startsWith('#'));
    const other = lines(text).filter(
      (line) => !lines(shipped('deploy/woo-salesforce.service')).includes(line),
    );
    expect(other.map((line) => line.split('=')[0])).toEqual(['LoadCredential', 'ExecStart']);
  });
});

describe('a file for Docker Compose', () => {
  const { text } = composeFile('salesforce-jwt.key');

  it('builds from the project, and gives the service the key', () => {
    expect(text).toContain(`build: ${root}\n`);
    expect(text).toContain('SF_JWT_KEY_FILE: /run/secrets/jwt.key\n');
    expect(text).toContain('secrets: [jwt.key]\n');
    expect(text).toContain('  jwt.key:\n    file: ./salesforce-jwt.key\n');
    expect(text).not.toContain('deploy/.env');
  });
});

describe('a snippet for nginx', () => {
  it('passes on what is public', () => {
    const { text } = proxySnippet('https://sync.example.com');
    const [, ...lines] = text.split('\n');
    expect(lines.join('\n')).toBe(shipped('deploy/nginx.conf'));
  });

  it('keeps the path of the address', () => {
    const { text } = proxySnippet('https://example.com/sync');
    expect(text).toContain('server block of example.com');
    expect(text.match(/^location .*/gm)).toEqual([
      'location /sync/woo/webhooks/ {',
      'location /sync/salesforce/outbound/ {',
      'location /sync/images/ {',
    ]);
  });

  it('is the one of the docs', () => {
    expect(shipped('docs/operate.md')).toContain(
      `\`\`\`nginx\n${shipped('deploy/nginx.conf')}\`\`\``,
    );
  });
});
