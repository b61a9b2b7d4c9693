import { expect, it } from 'vitest';

import { type Seeds, seedThatTells } from './search.ts';

/** Prints as `seeds.ts` does, until the first red seed. @param wrongs what is wrong, by seed */
const playing =
  (wrongs: Readonly<Record<number, string>>, played: string[] = []) =>
  ({ first, runs }: Seeds) => {
    played.push(`${first} ${runs}`);
    const seeds = Array.from({ length: runs }, (_, at) => first + at);
    const red = seeds.find((seed) => seed in wrongs);
    const lines = seeds
      .filter((seed) => red === undefined || seed <= red)
      .flatMap((seed) =>
        seed === red
          ? [
              `seed ${seed} (ask, told): RED, 3 edits, hash ${played.length}, 9 ms`,
              `    ${wrongs[seed]}`,
            ]
          : [`seed ${seed} (ask, told): green, 3 edits, hash 1, 9 ms`],
      );
    const end = red === undefined ? '0 red' : `1 red: ${red}`;
    return Promise.resolve([...lines, `${lines.length} seeds, ${end}`, ''].join('\n'));
  };

it('a seed tells of a mistake by which it is red alone', async () => {
  const plain: string[] = [];
  const all = { first: 1, runs: 20 };
  expect(await seedThatTells(all, playing({ 4: 'lost' }), playing({}, plain))).toBe(4);
  expect(plain).toEqual(['4 1']);
  expect(await seedThatTells(all, playing({}), playing({}))).toBeNull();
});

it('one that is red anyway tells nothing, and those behind it are played', async () => {
  const [planted, plain]: [string[], string[]] = [[], []];
  const anyway = { 4: 'lost', 20: 'lost' };
  const all = { first: 1, runs: 20 };
  expect(
    await seedThatTells(all, playing({ ...anyway, 9: 'twice' }, planted), playing(anyway, plain)),
  ).toBe(9);
  expect(planted).toEqual(['1 20', '5 16']);
  expect(plain).toEqual(['4 1', '9 1']);
  expect(await seedThatTells(all, playing(anyway), playing(anyway))).toBeNull();
});

it('one that is red in another way tells of it', async () => {
  const all = { first: 4, runs: 1 };
  expect(await seedThatTells(all, playing({ 4: 'twice' }), playing({ 4: 'lost' }))).toBe(4);
});

it('a process that breaks off tells of nothing', async () => {
  const broken = () => Promise.resolve('seed 1 (ask): green, hash 1, 9 ms\nSyntaxError: no\n');
  await expect(seedThatTells({ first: 1, runs: 2 }, broken, playing({}))).rejects.toThrow(
    'their end',
  );
});
