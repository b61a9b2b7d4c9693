import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { filesEnding, type Project } from './project.ts';
import { parseMetadata, textOf } from './xml.ts';

const suffix = '.tab-meta.xml';

/** Icons of the project's tabs by object: the motif `Custom93: Shopping Cart` is `custom:custom93`. */
export function readTabIcons(project: Project): Record<string, string> {
  return Object.fromEntries(
    filesEnding(project, suffix).flatMap((file) => {
      const motif = textOf(parseMetadata(readFileSync(file, 'utf8'), file), 'motif');
      const [, number] = /^Custom(\d+):/.exec(motif) ?? [];
      return number === undefined ? [] : [[basename(file, suffix), `custom:custom${number}`]];
    }),
  );
}
