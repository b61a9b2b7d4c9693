import { deployFiles, failuresOf, orgWithBasics, type Files } from './packages.ts';

/** What is refused of files that are deployed to an org with a few objects. */
export function problems(files: Files): readonly string[] {
  return failuresOf(deployFiles(orgWithBasics(), files));
}
