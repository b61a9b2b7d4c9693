export { Choices } from './choices';
export { Findings } from './findings';
export { attributeOf, fits, lookupFits } from './kinds';
export { logicKind, logicOf } from './logic';
export { missingFields } from './required';
export { keyOf, suggestField, suggestRows } from './suggest';
export { formatTable, parseTable, withMissing } from './table';
export { comparesTwo, severalOf, takesPeriod, takesSeveral, takesValue } from './operators';
export { valueKind } from './values';
