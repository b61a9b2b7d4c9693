import { describe, expect, it } from 'vitest';
import { fieldRow } from '../support/mappings.ts';
import { NAME, link, run } from './small-org.ts';
import { expectFatal, type FatalCase } from './fatal-case.ts';

const STATIC = fieldRow('Name', null, { kind: 'static', staticValue: 'x' });

describe('a transform with a fatal problem holds its mapping and says why', () => {
  it.each<FatalCase>([
    [
      'unknown transform',
      { fields: [fieldRow('Name', 'number', { transform: 'lowercase' })] },
      ...(['MAPPING_UNKNOWN_TRANSFORM', 'Map_Name', /Did you mean lower_case\?/] as const),
    ],
    [
      'street of something else',
      { fields: [fieldRow('Name', 'number', { transform: 'street' })] },
      ...(['MAPPING_TRANSFORM_ATTRIBUTE', 'Map_Name', /not an address/] as const),
    ],
    [
      'slice without an argument',
      { fields: [fieldRow('Name', 'number', { transform: 'slice' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /argument is missing/] as const),
    ],
    [
      'slice of nothing',
      { fields: [fieldRow('Name', 'number', { transform: 'slice', transformArgument: '4,2' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /"4,2" names no part/] as const),
    ],
    [
      'a regular expression that goes on for ever elsewhere',
      { fields: [fieldRow('Name', 'number', { transform: 'regex', transformArgument: '(a)\\1' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /invalid escape sequence/] as const),
    ],
    [
      'an argument of a transform that takes none',
      { fields: [fieldRow('Name', 'number', { transformArgument: '0,4' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /transform none takes none/] as const),
    ],
    [
      'a regular expression for a static value',
      { fields: [{ ...STATIC, transform: 'regex', transformArgument: '(?=a)b' }] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /"\(\?=a\)b".*kind static/] as const),
    ],
    [
      'an argument of a static value whose kind is written in capitals',
      { fields: [{ ...STATIC, kind: 'Static', transform: 'slice', transformArgument: '1' }] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /kind static takes none/] as const),
    ],
    [
      'an argument of a lookup',
      {
        fields: [
          NAME,
          fieldRow('Contact__c', 'customer', {
            ...link,
            transform: 'slice',
            transformArgument: '1',
          }),
        ],
      },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Contact__c', /kind lookup takes none/] as const),
    ],
    [
      'slice of what is no text',
      { fields: [fieldRow('Name', 'billing', { transform: 'slice', transformArgument: '0,4' })] },
      ...(['MAPPING_TRANSFORM_ATTRIBUTE', 'Map_Name', /a group of values/] as const),
    ],
    [
      'template without an argument',
      { fields: [fieldRow('Name', 'billing', { transform: 'template' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /argument is missing/] as const),
    ],
    [
      'template without a part',
      { fields: [fieldRow('Name', 'billing', { transform: 'template', transformArgument: 'x' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /"x" names no part/] as const),
    ],
    [
      'template with a broken brace',
      {
        fields: [
          fieldRow('Name', 'billing', {
            transform: 'template',
            transformArgument: '{city} {last name}',
          }),
        ],
      },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /has a brace/] as const),
    ],
    [
      'template with a misspelt part',
      {
        fields: [
          fieldRow('Name', 'billing', {
            transform: 'template',
            transformArgument: '{frist_name} {last_name}',
          }),
        ],
      },
      ...(['MAPPING_BAD_PATH', 'Map_Name', /Did you mean billing\.first_name\?/] as const),
    ],
    [
      'template of what is no group',
      {
        fields: [
          fieldRow('Name', 'number', { transform: 'template', transformArgument: '{number}' }),
        ],
      },
      ...(['MAPPING_TRANSFORM_ATTRIBUTE', 'Map_Name', /template/] as const),
    ],
  ])('%s', (...wrong) => {
    expectFatal(wrong);
  });

  it('a transform that does not exist, and nothing is said of its argument', () => {
    const row = fieldRow('Name', 'number', { transform: 'cut', transformArgument: '1' });
    const { problems } = run({ fields: [row] });
    expect(problems.map(({ code }) => code)).toEqual(['MAPPING_UNKNOWN_TRANSFORM']);
  });
});
