import { isProbed, isSettled, type Assumption, type Subject } from '../model/assumption.ts';

const INTRODUCTION = `# What only a real org, or another shop, can settle

<!-- Made by npm run docs from scripts/prove/catalogue: change it there. -->

Everything here is tested against the local org and the local store. The assumptions below come from
documentation, from what others report or from memory; each names the places in the code that change where it is false.

\`npm run prove\` settles those marked _prove_ on your own org and shop, and says of the others what a person does:
[prove.md](prove.md). Whoever meets an org that behaves otherwise changes those places, and the entry in
\`scripts/prove/catalogue\`.
`;

/** The page docs/unproven.md. */
export function unprovenPage(subjects: readonly Subject[]): string {
  const open = subjects.map(({ title, assumptions }) =>
    section(
      title,
      assumptions.filter((one) => !isSettled(one)),
    ),
  );
  const settled = subjects.flatMap(({ assumptions }) => assumptions.filter(isSettled));
  return `${INTRODUCTION}${open.join('')}${section('Settled', settled)}`;
}

const section = (title: string, assumptions: readonly Assumption[]): string =>
  `\n## ${title}\n\n${assumptions.map(item).join('\n')}\n`;

function item(one: Assumption): string {
  const places = one.places.map((place) => `\`${place}\``).join(', ');
  return `- **${one.id}**: ${one.statement}.\n  Where: ${places}.\n  ${how(one)}`;
}

function how(one: Assumption): string {
  if (isSettled(one)) return `Settled: ${one.source}.`;
  return isProbed(one) ? '_prove_' : `By hand: ${one.person}`;
}
