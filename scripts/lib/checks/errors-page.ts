import { GROUPS, type Group } from '../../../sidecar/src/errors/catalogue.ts';
import type { ErrorClass } from '../../../sidecar/src/errors/explanation.ts';

const CLASSES: Readonly<Record<ErrorClass, string>> = {
  retry: 'It may pass by itself: it is tried again, less and less often.',
  login: 'The sidecar signs in once more; where that does not help, work waits for a person.',
  limit: 'Work for the org rests until its limit resets.',
  permanent:
    'It does not pass by itself: the record waits as a _Woo Sync Issue_ until it changes in the shop, or somebody asks for it.',
  setup:
    'A right or a setting is wrong: what needs it is held, and tried again every hour or when the configuration changes.',
  config: 'The sidecar or the command does not start.',
  usage: 'The command was asked for something that cannot be.',
};

const INTRODUCTION = `# Errors

<!-- Made by npm run docs from sidecar/src/errors: change it there. -->

Every error has a code that stays the same, a sentence that names the thing, and what to do. Codes are in the log, in what commands print, and in the field _Code_ of _Woo Sync Issue_. One record that fails never stops the others.

In brackets behind each meaning is the class of the error:

${Object.entries(CLASSES)
  .map(([name, text]) => `- **${name}**: ${text}`)
  .join('\n')}

An issue can have several codes; the one that is least likely to pass decides. A code that is not listed here comes from Salesforce, WooCommerce or one of its plugins: it is tried again for some days, and its reason is in the words of the system that gave it.
`;

/** The page docs/errors.md: every code of the catalogue, in groups, with a heading that can be linked to. */
export function errorsPage(): string {
  const contents = GROUPS.map(({ title }) => `- [${title}](#${anchorOf(title)})`).join('\n');
  return `${INTRODUCTION}\n${contents}\n${GROUPS.map(section).join('')}`;
}

function section({ title, about, codes }: Group): string {
  const entries = Object.entries(codes).map(
    ([code, { class: kind, meaning, cure }]) =>
      `\n### ${heading(code)}\n\n${meaning} (${kind})\n\n**What to do:** ${cure}\n`,
  );
  return `\n## ${title}\n\n${about}\n${entries.join('')}`;
}

/** A family of codes is named by how they begin. */
function heading(code: string): string {
  return code.endsWith('_') ? `${code}…` : code;
}

/** As GitHub makes it. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
