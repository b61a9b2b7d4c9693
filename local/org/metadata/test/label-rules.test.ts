import { describe, expect, it } from 'vitest';
import { label, LightningOrg } from './lightning.ts';
import { file, type Files } from './packages.ts';

const org = new LightningOrg();
const translated = new LightningOrg(true);
const labels = (...inner: readonly string[]): Files => ({
  'labels/CustomLabels.labels': file('CustomLabels', inner.join('\n')),
});
const translations = (inner: string, language = 'ja'): Files => ({
  [`translations/${language}.translation`]: file('Translations', inner),
});
const of = (...inner: readonly string[]): readonly string[] =>
  org
    .problems(labels(...inner))
    .map((one) => one.replace(/^CustomLabels\.labels:(\d+):\d+: /, '$1: '));

const translation = (name: string, text = '文'): string =>
  `<customLabels><label>${text}</label><name>${name}</name></customLabels>`;

describe('custom labels', () => {
  it('of the right length in a known language have no problems', () => {
    expect(of(label('A', 'x'.repeat(1000), '<categories>Woo</categories>'))).toEqual([]);
  });

  it.each([
    [
      label('A', 'x'.repeat(1001)),
      'Value too long for field: value, maximum length is: 1000 (it has 1001)',
    ],
    [
      label('A').replace('<shortDescription>A', `<shortDescription>${'x'.repeat(81)}`),
      'Value too long for field: shortDescription, maximum length is: 80 (it has 81)',
    ],
    [label('A', ' '), 'Required field is missing: value'],
    [label('A').replace('en_US', 'xx'), "'xx' is not a valid value for the enum 'Language'"],
    [label('A__b'), expect.stringMatching(/^The name 'A__b' can only contain/)],
    [label('A').replace('<fullName>A</fullName>', ''), 'Required field is missing: fullName'],
  ])('%#', (inner, problem) => {
    const problems = of(inner).map((one) => one.replace(/^2: /, ''));
    expect(problems).toEqual([problem]);
  });

  it('stand once in the one file that an org has', () => {
    expect(of(label('A'), label('A'))).toEqual(['3: Duplicate name: A']);
    const other = { 'labels/Other.labels': file('CustomLabels', label('A')) };
    expect(org.messages(other)).toEqual([
      'The labels of an org are the file CustomLabels, not Other',
    ]);
  });

  it('are in package.xml by their own names, without their file', () => {
    const members = (...names: readonly string[]): string =>
      file(
        'Package',
        `<types>${names.map((one) => `<members>${one}</members>`).join('')}<name>CustomLabel</name></types>\n<version>66.0</version>`,
      );
    const files = labels(label('A'), label('B'));
    expect(org.messages({ ...files, 'package.xml': members('A', 'B') })).toEqual([]);
    expect(org.messages({ ...files, 'package.xml': members('A') })).toEqual(['Not in package.xml']);
    expect(org.messages({ ...files, 'package.xml': members('A', 'B', 'C') })).toEqual([
      expect.stringMatching(/^An object 'C' of type CustomLabel was named in package\.xml/),
    ]);
  });
});

describe('translations', () => {
  it('need Translation Workbench', () => {
    expect(org.messages(translations(translation('Hello')))).toEqual([
      'Not available for deploy for this organization',
    ]);
    expect(translated.messages(translations(translation('Hello')))).toEqual([]);
    expect(translated.messages(translations(translation('Hello'), 'en_US'))).toEqual([
      'Not available for deploy for this organization',
    ]);
  });

  it.each([
    [translation('Nope'), 'In field: name - no CustomLabel named Nope found'],
    [`${translation('Hello')}${translation('Hello')}`, 'Duplicate name: Hello'],
    [
      translation('Hello', '長'.repeat(1001)),
      'Value too long for field: label, maximum length is: 1000 (it has 1001)',
    ],
    [
      '<customTabs><label>x</label><name>Nope</name></customTabs>',
      'In field: name - no CustomTab named Nope found',
    ],
    [
      '<reportTypes><label>x</label><name>Nope</name></reportTypes>',
      'The local org does not emulate translations of reportTypes yet.',
    ],
  ])('%#', (inner, problem) => {
    expect(translated.problems(translations(inner))).toEqual([
      expect.stringMatching(/^ja\.translation:2:\d+: /),
    ]);
    expect(translated.messages(translations(inner))).toEqual([problem]);
  });

  it('are of labels in the same deploy too, and of languages that there are', () => {
    const both = { ...labels(label('New')), ...translations(translation('New')) };
    expect(translated.messages(both)).toEqual([]);
    expect(translated.messages(translations(translation('Hello'), 'jp'))).toEqual([
      "'jp' is not a valid value for the enum 'Language'",
    ]);
  });
});
