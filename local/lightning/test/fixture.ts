import { join } from 'node:path';
import { readProject, type Project } from '../metadata/project.ts';

export const fixtureRoot = join(import.meta.dirname, 'fixtures', 'project');

/** A project with one of each thing that the host reads. */
export const fixture = (): Project => readProject(fixtureRoot);

/** This project. */
export const ownProject = (): Project => readProject(join(import.meta.dirname, '..', '..', '..'));
