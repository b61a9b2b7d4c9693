import { expect, test } from 'vitest';
import { mirrored } from '../server/mirrored-styles.ts';

test.each([
  ['.a{margin-left:1px;padding-right:2px}', '.a{margin-inline-start:1px;padding-inline-end:2px}'],
  ['.a{left:0;right:auto}', '.a{inset-inline-start:0;inset-inline-end:auto}'],
  ['.a{border-left-color:red}', '.a{border-inline-start-color:red}'],
  ['.a{border-top-right-radius:1px}', '.a{border-start-end-radius:1px}'],
  ['.a{text-align:right!important}', '.a{text-align:end!important}'],
  ['.a{float:left;clear:right}', '.a{float:inline-start;clear:inline-end}'],
  [
    '.a{margin:0 var(--b, calc(1px * (2 + 3))) 4px 5px !important}',
    '.a{margin-block:0 4px !important;margin-inline:5px var(--b, calc(1px * (2 + 3))) !important}',
  ],
  ['.a{padding:0 1px 2px 3px}', '.a{padding-block:0 2px;padding-inline:3px 1px}'],
  [
    '.a{border-style:none solid;border-style:none solid dashed dotted}',
    '.a{border-style:none solid;border-block-style:none dashed;border-inline-style:dotted solid}',
  ],
  [
    '.a{border-top-left-radius:0;border-bottom-left-radius:1px;border-bottom-right-radius:2px}',
    '.a{border-start-start-radius:0;border-end-start-radius:1px;border-end-end-radius:2px}',
  ],
  ['.a{border-width:0 1px 2px 3px}', '.a{border-block-width:0 2px;border-inline-width:3px 1px}'],
  [
    '.a{border-radius:1px 2px 3px 4px}',
    '.a{border-start-start-radius:1px;border-start-end-radius:2px;border-end-end-radius:3px;border-end-start-radius:4px}',
  ],
])('the sides of %s follow the direction of the text', (styles, expected) => {
  expect(mirrored(styles)).toBe(expected);
});

test.each([
  '.a{margin:0 1px;padding:1px 2px 3px;border-radius:1px}',
  '.a{margin:0 1px 2px 1px}',
  '.a{border-radius:1px 2px / 3px}',
  '.left:hover{color:red}@media (max-width:1px){.a .right{top:0}}',
  '.a{--slds-c-left:1px;background-position:left;text-align:center}',
])('%s stays as it is', (styles) => {
  expect(mirrored(styles)).toBe(styles);
});
