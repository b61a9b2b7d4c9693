import { execFileSync } from 'node:child_process';

import { expect, it } from 'vitest';

import { changeEnv, readEnv } from './env-file.ts';

it('variables are added behind what is there', () => {
  const text = '# Mine.\nLOG_LEVEL=warn\n';
  expect(changeEnv(text, { SF_LOGIN_URL: 'https://acme.my.salesforce.com' })).toEqual({
    text: '# Mine.\nLOG_LEVEL=warn\nSF_LOGIN_URL=https://acme.my.salesforce.com\n',
    changed: [],
    added: ['SF_LOGIN_URL'],
  });
});

it('what has another value, or may not be there, is changed and named', () => {
  const text = 'export A=1\n# A=9\nB=2\nC=3\nAB=4\n';
  expect(changeEnv(text, { A: '5', B: '2', C: null, D: null })).toEqual({
    text: '# A=9\nB=2\nAB=4\nA=5\n',
    changed: ['A', 'C'],
    added: [],
  });
});

it('nothing changes a second time', () => {
  const wanted = { SF_USERNAME: 'woo-sync@acme.example', SF_CLIENT_SECRET: null };
  const { text } = changeEnv('', wanted);
  expect(changeEnv(text, wanted)).toEqual({ text, changed: [], added: [] });
});

it('a shell reads the same as Node', () => {
  const wanted = { A: '/home/jane doe/$HOME `x` "y" \\ #', B: '~/a?c=d&e', C: '~/state' };
  const { text } = changeEnv('', wanted);
  expect(readEnv(text)).toEqual(wanted);
  const script = `set -a; eval "$(cat)"; printf '%s\\n' "$A" "$B" "$C"`;
  const shown = execFileSync('sh', ['-c', script], { input: text, encoding: 'utf8' });
  expect(shown).toBe(`${wanted.A}\n${wanted.B}\n${wanted.C}\n`);
});

it.each(["it's", 'two\nlines'])('what no file of variables takes is refused: %j', (value) => {
  expect(() => changeEnv('', { A: value })).toThrow('A holds a quotation mark or a line break');
});
