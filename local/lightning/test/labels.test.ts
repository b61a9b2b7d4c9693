import { expect, test } from 'vitest';
import { actionLabelsIn, labelsIn, readLabels } from '../build/labels.ts';
import { fixture } from './fixture.ts';

test('labels are read with their characters', () => {
  expect(Object.fromEntries(readLabels(fixture()))).toEqual({
    Greeting: 'Hello',
    Parting: 'Goodbye & thanks',
  });
});

test('a translation without a text leaves the label as it is', () => {
  expect(Object.fromEntries(labelsIn(fixture(), 'ja'))).toEqual({
    Greeting: 'こんにちは',
    Parting: 'Goodbye & thanks',
  });
});

test('English needs no translation', () => {
  expect(labelsIn(fixture(), 'en_US').get('Greeting')).toBe('Hello');
});

test('a language that is not there is told, with those that are', () => {
  expect(() => labelsIn(fixture(), 'de')).toThrow(
    'There is no translation into "de": choose one of en_US, ja.',
  );
});

test('quick actions are named by their object and themselves', () => {
  expect(Object.fromEntries(actionLabelsIn(fixture(), 'ja'))).toEqual({ 'Thing__c.Paint': '塗る' });
  expect(actionLabelsIn(fixture(), 'en_US').size).toBe(0);
});
