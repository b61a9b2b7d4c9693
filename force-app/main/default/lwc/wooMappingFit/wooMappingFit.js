export { Choices } from './choices';
export { attributeOf, fieldTypes, fits, isNumeric, lookupFits } from './kinds';
export { logicKind, logicOf } from './logic';
export { missingFields } from './required';
export { suggestField, suggestRows } from './suggest';
export { formatTable, parseTable, withMissing } from './table';
export { severalOf, takesSeveral, takesValue } from './operators';
export { valueKind } from './values';
