/**
 * The hooks by which SLDS 2 makes a page dark, with values of a dark page. The styles that the local host serves are
 * those of SLDS 1, which ask many of them: what they do not ask stays light here, and not in an org.
 */
const HOOKS: Readonly<Record<string, string>> = {
  'surface-1': '#03101d',
  'surface-2': '#0b1a2b',
  'surface-container-1': '#0b1a2b',
  'surface-container-2': '#16283d',
  'surface-container-3': '#1f334a',
  'on-surface-1': '#c9d3df',
  'on-surface-2': '#e6ebf1',
  'on-surface-3': '#ffffff',
  'border-1': '#54677c',
  'border-2': '#8496ab',
  'border-base-1': '#54677c',
  'border-base-4': '#8496ab',
  'accent-1': '#57a3fd',
  'accent-2': '#78b0fd',
  'brand-base-40': '#78b0fd',
  'brand-base-50': '#57a3fd',
  'neutral-base-100': '#0b1a2b',
  'neutral-base-95': '#16283d',
  'neutral-base-90': '#1f334a',
  'neutral-base-80': '#3a4f66',
  'neutral-base-50': '#a5b3c4',
  'neutral-base-30': '#c9d3df',
  'neutral-base-20': '#e6ebf1',
  'neutral-base-10': '#ffffff',
};

export const DARK = `:root { color-scheme: dark; ${Object.entries(HOOKS)
  .map(([name, value]) => `--slds-g-color-${name}: ${value};`)
  .join(' ')} }
html, body, main { background: #03101d; color: #e6ebf1; }`;
