import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrgData } from '../../data/org-data.ts';
import { Jobs } from '../deploy/jobs.ts';
import type { DeployResult } from '../deploy/result.ts';
import {
  manifestOf,
  metadataType,
  noTests,
  orgWithBasics,
  record,
  text,
  zipOf,
} from './packages.ts';

const by = { id: '005000000000001AAA', name: 'Ada Admin' };
const options = {
  allowMissingFiles: false,
  checkOnly: false,
  ignoreWarnings: false,
  purgeOnDelete: false,
  rollbackOnError: true,
  runTests: [],
  singlePackage: true,
  testLevel: 'NoTestRun',
};
const files = {
  'objects/Tone__mdt.object': metadataType('Tone', text('Note__c')),
  'customMetadata/Tone.Warm.md': record('Warm'),
};
const request = {
  by,
  options,
  zip: zipOf({ 'package.xml': manifestOf(files), ...files }),
};

let org: OrgData;
let jobs: Jobs;
let ended: DeployResult[];

beforeEach(() => {
  vi.useFakeTimers();
  org = orgWithBasics();
  jobs = new Jobs({ target: org, now: () => new Date(0), tests: noTests });
  ended = [];
});

afterEach(() => {
  vi.useRealTimers();
  org.close();
});

const enqueue = (): string => jobs.enqueue(request, (result) => ended.push(result));
const status = (id: string) => jobs.find(id)?.result.status;

test('what Apex deploys is pending, then deployed, and told after that', () => {
  const id = enqueue();
  expect(jobs.find(id)?.result).toMatchObject({ status: 'Pending', done: false, success: false });
  expect(jobs.find(id)?.result).not.toHaveProperty('completedDate');
  expect(org.object('Tone__mdt')).toBeUndefined();
  vi.advanceTimersToNextTimer();
  expect([status(id), ended]).toEqual(['Succeeded', []]);
  vi.advanceTimersToNextTimer();
  expect(ended).toEqual([jobs.find(id)?.result]);
  expect(org.object('Tone__mdt')).toBeDefined();
});

test('what was canceled while it waited is not deployed, and that is told', () => {
  const id = enqueue();
  expect(jobs.cancel(id, by)).toBe(true);
  vi.runAllTimers();
  expect(ended).toEqual([jobs.find(id)?.result]);
  expect(ended[0]).toMatchObject({ status: 'Canceled', done: true, canceledBy: by.id });
  expect(org.object('Tone__mdt')).toBeUndefined();
  expect(jobs.cancel(id, by)).toBe(false);
});

test('a fault of the org while it deploys is the end of the deploy, and is told', () => {
  vi.spyOn(org, 'putObjects').mockImplementation(() => {
    throw new Error('The disk is full.');
  });
  const id = enqueue();
  vi.runAllTimers();
  expect(ended).toEqual([jobs.find(id)?.result]);
  expect(ended[0]).toMatchObject({ status: 'Failed', errorMessage: 'The disk is full.' });
});

test('an org that ends drops what waits', () => {
  const id = enqueue();
  jobs.close();
  vi.runAllTimers();
  expect([status(id), ended]).toEqual(['Pending', []]);
});
