import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { copyRecipe, recipeNames } from '../../lib/install/recipes.ts';

/** What is deployed by itself, or added to the rest: `force-app`, `config/japanese`, `config/recipes/leads`. */
export type Part = string;

/** The recipe that only an org with Person Accounts takes. */
export const PERSON_ACCOUNTS: Part = 'config/recipes/person-accounts';

/** A copy of the project, into which recipes are copied as `npm run recipe` does it. */
export class ProjectCopy {
  readonly folder: string;
  readonly #byFile = new Map<string, Part>();

  /** @param root of the project */
  constructor(root: string) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'woo-prove-')));
    for (const name of ['force-app', 'config', 'sfdx-project.json', '.forceignore'])
      cpSync(join(root, name), join(this.folder, name), { recursive: true });
  }

  /** All recipes but those in `without`. @returns which were copied */
  addRecipes(without: readonly Part[]): readonly Part[] {
    const names = recipeNames(this.folder).filter(
      (name) => !without.includes(`config/recipes/${name}`) && !name.startsWith('deployed-'),
    );
    return names.map((name) => {
      const part = `config/recipes/${name}`;
      const { added, changed } = copyRecipe(this.folder, name);
      for (const file of [...added, ...changed]) this.#byFile.set(file, part);
      return part;
    });
  }

  /** The part that a file is of, and its path in the project; null for a file that the CLI does not name. */
  placeOf(filePath: string | undefined): { readonly part: Part; readonly file: string } | null {
    if (filePath === undefined || filePath === '') return null;
    const file = relative(this.folder, filePath);
    const own = /^(?:force-app|config\/\w+)/.exec(file)?.[0] ?? file;
    return { part: this.#byFile.get(file) ?? own, file };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
