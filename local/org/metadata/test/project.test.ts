import { expect, it } from 'vitest';
import { deployFiles, failuresOf } from './packages.ts';
import { additions, orgForProject, packageOf, projectSource } from './project.ts';

it("this project's own metadata deploys, and again without a change", () => {
  const org = orgForProject();
  const files = packageOf(projectSource());
  expect(failuresOf(deployFiles(org, files))).toEqual([]);
  const again = deployFiles(org, files);
  const changed = again.details.componentSuccesses.filter(({ changed }) => changed);
  expect(changed.map(({ fullName }) => fullName)).toEqual(['package.xml']);
});

it('the second store and every recipe deploy beside it', () => {
  const org = orgForProject({ personAccounts: true });
  const files = packageOf(projectSource(additions()));
  expect(failuresOf(deployFiles(org, files))).toEqual([]);
  const sets = Object.keys(files).filter((path) => path.startsWith('permissionsets/Woo_Recipe_'));
  expect(sets.length).toBeGreaterThan(8);
});
